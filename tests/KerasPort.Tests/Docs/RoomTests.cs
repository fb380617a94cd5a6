using System.Text.RegularExpressions;

namespace KerasPort.Tests.Docs;

/// <summary>A room of the library uses nothing of those that <c>docs/architecture.md</c> says it doesn't use.</summary>
public partial class RoomTests
{
    public static TheoryData<string, string> Rooms
    {
        get
        {
            string page = File.ReadAllText(Repository.File("docs", "architecture.md"));
            string table = page[page.IndexOf("## What a room may not use", StringComparison.Ordinal)..];
            var rooms = new TheoryData<string, string>();
            foreach (Match row in Row().Matches(table)) rooms.Add(row.Groups[1].Value, row.Groups[2].Value);
            return rooms;
        }
    }

    [Fact]
    public void The_table_is_found() => Assert.True(Rooms.Count > 8, $"{Rooms.Count} rooms");

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_what_it_may(string room, string others)
    {
        string folder = Repository.File("src", "KerasPort", room);
        string[] refused = others.Split(", "), files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(refused, other => Assert.True(Directory.Exists(Repository.File("src", "KerasPort", other)), $"There is no room {other}."));
        var uses = files.SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(use => (File: file, Room: use.Groups[1].Value)));
        Assert.All(uses, use => Assert.False(refused.Contains(use.Room),
            $"{Path.GetRelativePath(Repository.Root, use.File)} uses {use.Room}, which docs/architecture.md says {room} may not"));
    }

    [GeneratedRegex(@"^\| ([A-Z][\w/]+) \| ([\w, ]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?:global )?using (?:static )?KerasPort\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
