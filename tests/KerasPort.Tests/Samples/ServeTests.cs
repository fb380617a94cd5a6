using System.Net;
using System.Text.Json;
using KerasPort.Pictures;

namespace KerasPort.Tests.Samples;

/// <summary><c>samples/serve.cs</c>: ten probabilities for each picture, the same for one caller as for 64 at once.</summary>
[Slow]
public class ServeTests
{
    private const int Callers = 64, CallsOfEach = 8;

    private static readonly byte[][] s_pictures = [.. Pictures()];

    [Fact]
    public void Each_of_64_callers_at_once_gets_what_it_gets_alone() => Talk(async client =>
    {
        var alone = new List<string>();
        foreach (byte[] picture in s_pictures) alone.Add(await Answer(client, picture));
        Assert.Equal(s_pictures.Length, alone.Distinct().Count());
        Assert.All(alone, answer =>
        {
            var json = JsonDocument.Parse(answer).RootElement;
            double[] probabilities = [.. json.GetProperty("probabilities").EnumerateArray().Select(p => p.GetDouble())];
            Assert.Equal(10, probabilities.Length);
            Assert.Equal(1, probabilities.Sum(), 1e-5);
            Assert.Equal(KerasPort.Datasets.FashionMnist.Classes[Array.IndexOf(probabilities, probabilities.Max())], json.GetProperty("label").GetString());
        });
        // All start at the same time.
        var together = new TaskCompletionSource();
        var callers = Enumerable.Range(0, Callers).Select(async caller =>
        {
            await together.Task;
            foreach (int call in Enumerable.Range(0, CallsOfEach))
            {
                int at = (caller * 7 + call) % s_pictures.Length;
                Assert.Equal(alone[at], await Answer(client, s_pictures[at]));
            }
        }).ToArray();
        together.SetResult();
        await Task.WhenAll(callers);
    });

    [Fact]
    public void What_is_no_picture_of_that_size_is_refused_and_the_next_answer_is_right() => Talk(async client =>
    {
        string before = await Answer(client, s_pictures[0]);
        // A body that is too large is refused unread: a client that is still sending it would find the connection closed, and no answer.
        client.DefaultRequestHeaders.ExpectContinue = true;
        var wide = PictureCodec.Open("serve").Encode(new Image(28, 29, 1, new byte[28 * 29]), "png");
        foreach (var (body, code, says) in new[]
        {
            (wide, HttpStatusCode.BadRequest, "29 x 28"), ("hello"u8.ToArray(), HttpStatusCode.BadRequest, "picture"), ([], HttpStatusCode.BadRequest, "empty"),
            (s_pictures[0][..40], HttpStatusCode.BadRequest, "picture"), (new byte[(1 << 20) + 1], HttpStatusCode.RequestEntityTooLarge, ""),
        })
        {
            using var response = await client.PostAsync("/predict", new ByteArrayContent(body), TestContext.Current.CancellationToken);
            Assert.Equal(code, response.StatusCode);
            Assert.Contains(says, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal(before, await Answer(client, s_pictures[0]));
    });

    private static void Talk(Func<HttpClient, Task> talk)
    {
        var program = SampleProgram.Compile(new Sample("serve"));
        string before = Environment.CurrentDirectory;
        using var folder = new TemporaryFolder();
        Environment.CurrentDirectory = folder.Path;
        SampleHost.Session = address =>
        {
            using var client = new HttpClient { BaseAddress = address };
            talk(client).GetAwaiter().GetResult();
        };
        try
        {
            Printed.By(program.Run);
            // The second start loads the model that the first has trained.
            Assert.Contains("fashion.keras", folder.Names);
            Assert.DoesNotContain("Epoch", Printed.By(program.Run));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            SampleHost.Session = null;
        }
    }

    private static async Task<string> Answer(HttpClient client, byte[] picture)
    {
        using var response = await client.PostAsync("/predict", new ByteArrayContent(picture), TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    /// <summary>The test pictures as PNG.</summary>
    private static IEnumerable<byte[]> Pictures()
    {
        var (_, (images, _)) = SampleData.Of(keras.datasets.fashion_mnist);
        foreach (var image in images)
        {
            byte[] pixels = [.. Enumerable.Range(0, 784).Select(i => (byte)(int)image[i / 28, i % 28])];
            yield return PictureCodec.Open("serve").Encode(new Image(28, 28, 1, pixels), "png");
        }
    }
}
