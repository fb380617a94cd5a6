using Microsoft.AspNetCore.Builder;

namespace KerasPort.Tests.Samples;

/// <summary>Replaces <c>app.Run</c> in a sample that is a web service: on a free port, until the test is done. Public for the sample.</summary>
public static class SampleHost
{
    /// <summary>Talks to the service at a given address; the service ends afterwards.</summary>
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
