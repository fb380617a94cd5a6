using Xunit.v3;

namespace KerasPort.Tests;

/// <summary>
/// A test that starts processes or takes a second or more: it trains on the real data or tries many cases. While working on something else,
/// <c>dotnet test -c Release --filter Category!=Slow</c> leaves these out.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SlowAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", "Slow")];
}
