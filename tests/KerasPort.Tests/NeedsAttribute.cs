using System.Reflection;
using Xunit;
using Xunit.v3;

namespace KerasPort.Tests;

/// <summary>
/// What a test needs that not every machine has. Where that is missing the test is skipped before any of it runs, and the reason says what
/// would enable it. Nothing is fetched for a test: one that needs the data set finds it on the machine.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsAttribute(params Need[] needs) : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        foreach (var need in needs) Machine.Require(need);
    }
}
