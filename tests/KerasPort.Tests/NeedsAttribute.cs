using System.Reflection;
using Xunit.v3;

namespace KerasPort.Tests;

/// <summary>
/// Requirements of a test that not every machine meets. Where one is missing the test is skipped before any of it runs, with a reason that
/// tells how to enable it. Nothing is downloaded for a test: one that needs the data set finds it on the machine.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsAttribute(params Need[] needs) : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        foreach (var need in needs) Machine.Require(need);
    }
}
