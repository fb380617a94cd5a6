using System.Text;
using KerasPort.Console;

namespace KerasPort.Tests.Console;

public class ConfigSchemaTests
{
    private static readonly JsonSchema Schema = new(Repository.File("configs", "kerasport.schema.json"));

    [Fact]
    public void The_committed_schema_is_the_list_of_settings()
    {
        Assert.Equal(ConfigSchema.Text(), File.ReadAllText(Repository.File("configs", "kerasport.schema.json")));   // `kerasport schema` prints it
        Assert.Equal(ConfigSchema.OfSweeps(), File.ReadAllText(Repository.File("configs", "sweep.schema.json")));   // `kerasport schema --sweep`
    }

    [Theory]
    [InlineData("cpu.json", "cpu")]
    [InlineData("gpu.json", "gpu")]
    public void The_configs_name_their_schema_and_keep_to_it(string name, string device)
    {
        string text = File.ReadAllText(Repository.File("configs", name));
        Assert.Contains("\"$schema\": \"./kerasport.schema.json\"", text);
        Assert.Empty(Schema.Errors(text));
        Assert.Equal(device, ConfigFile.Parse(Encoding.UTF8.GetBytes(text), name)[Settings.Device]);
    }

    /// <summary>The schema, which editors follow, and the tool agree on every value.</summary>
    [Fact]
    public void Schema_and_reader_accept_the_same()
    {
        string[] values =
        [
            "null", "true", "0", "1", "2", "3", "5", "256", "257", "60000", "60001", "1000000", "1000001", "-1", "2.5", "2147483647", "2147483648",
            "4294967295", "4294967296", "1e20",
            "\"\"", "\"x\"", "\"auto\"", "\"1\"", "\"managed\"", "\"cpu\"", "\"CPU\"", "\"gpu\"", "\"gpu:\"", "\"gpu:0\"", "\"gpu:12\"",
            "\"gpu:123\"", "\"gpu:1 \"",
            "[]", "{}", "[1]", "[null]", "[[]]", "[\"baseline\"]", "[\"baseline\", \"baseline\"]", "[\"cnn\"]", "[\"cnn-\"]", "[\"cnn-1\"]",
            "[\"cnn-01\"]", "[\"cnn-0\"]",
            "[\"cnn-999-1\"]", "[\"cnn-1000\"]", "[\"cnn-8-8-8\"]", "[\"cnn-8-8-8-8\"]", "[\"cnn--8\"]", "[\"cnn-+8\"]",
            "[\"Baseline\"]", "[\"baseline\", \"\"]",
        ];
        foreach (string key in Settings.All.Select(s => s.Name).Append("$schema").Append("unknown"))
        {
            foreach (string value in values)
            {
                string config = $"{{\"{key}\": {value}}}";
                bool read = true;
                try
                {
                    ConfigFile.Parse(Encoding.UTF8.GetBytes(config), "my.json");
                }
                catch (UsageException)
                {
                    read = false;
                }
                Assert.True(read == (Schema.Errors(config).Count == 0), $"{config}: the reader says {read}");
            }
        }
    }

    [Fact]
    public void The_defaults_are_values_of_their_settings()
    {
        var defaults = RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, null);
        Assert.Empty(Schema.Errors(Json.Of(defaults.Write)));
    }
}
