using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using KerasPort.Layers;

namespace KerasPort.Tests.Saving;

public class SerializerTests
{
    /// <summary>
    /// JSON is read and written value by value, because the serializer uses reflection, which is disabled in file-based programs
    /// (<c>dotnet run file.cs</c>): there it throws.
    /// </summary>
    [Fact]
    public void The_library_makes_no_use_of_the_serializer_that_reflects()
    {
        using var file = new PEReader(File.OpenRead(typeof(Layer).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToHashSet();
        Assert.Contains("System.Text.Json.JsonElement", used);
        Assert.DoesNotContain("System.Text.Json.JsonSerializer", used);
    }
}
