using Microsoft.AspNetCore.Builder;
using Xunit;

namespace KerasPort.Tests.Samples;

/// <summary>
/// Takes the place of <c>app.Run</c> in a sample that is a web service: on a port that is free, as long as a test talks to it. Public for the sample.
/// </summary>
public static class SampleHost
{
    /// <summary>Talks to the service at that address; it ends with this.</summary>
    internal static Action<Uri>? Session { get; set; }

    public static void Run(WebApplication app, string url)
    {
        Assert.StartsWith("http://127.0.0.1:", url);
        app.Urls.Add("http://127.0.0.1:0");
        app.StartAsync().GetAwaiter().GetResult();
        try
        {
            Session!(new Uri(app.Urls.Single()));
        }
        finally
        {
            app.StopAsync().GetAwaiter().GetResult();
        }
    }
}
