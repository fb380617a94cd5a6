using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KerasPort.Tests.Datasets;

/// <summary>The server's answer to one request.</summary>
public enum Answer
{
    Whole,
    CutInHalf,
    IgnoreRange,
    IgnoreRangeAndCut,
    SwapBytes,
    Stall,
    NotFound,
    Endless,
}

/// <summary>A local web server that serves files well or badly, as planned for each request in turn.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, Answer> _plan;
    private readonly Dictionary<string, byte[]> _files;
    private readonly List<string> _log = [];

    public FileServer(SmallDataset data, Func<int, Answer> plan) : this(data.Files.Select(file => file.Name).Zip(data.Packed), plan) { }

    public FileServer(IEnumerable<(string Name, byte[] Content)> files, Func<int, Answer> plan)
    {
        _plan = plan;
        _files = files.ToDictionary(file => "/data/" + file.Name, file => file.Content);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/data/"));
        }
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Task.Run(Listen);
    }

    public Uri Address { get; }

    /// <summary>The requests: each with its file and range.</summary>
    public string[] Requests { get { lock (_log) return [.. _log]; } }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Close();
        _stop.Dispose();
    }

    private async Task Listen()
    {
        for (int i = 0; _listener.IsListening; i++)
        {
            HttpListenerContext context;
            try { context = await _listener.GetContextAsync(); }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException) { return; }
            var answer = _plan(i);
            lock (_log) _log.Add($"{Path.GetFileName(context.Request.Url!.LocalPath)} {context.Request.Headers["Range"]}".TrimEnd());
            _ = Task.Run(() => Serve(context, answer));
        }
    }

    private async Task Serve(HttpListenerContext context, Answer answer)
    {
        var response = context.Response;
        try
        {
            byte[] content = [.. _files[context.Request.Url!.LocalPath]];
            if (answer == Answer.SwapBytes) (content[^20], content[^30]) = ((byte)(content[^30] + 1), content[^20]);
            int from = 0;
            if (answer is not (Answer.IgnoreRange or Answer.IgnoreRangeAndCut) && context.Request.Headers["Range"] is { } range)
            {
                from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
                response.StatusCode = from < content.Length ? 206 : 416;
                if (from < content.Length) response.AddHeader("Content-Range", $"bytes {from}-{content.Length - 1}/{content.Length}");
                else content = [];
                from = Math.Min(from, content.Length);
            }
            if (answer == Answer.NotFound) response.StatusCode = 404;
            if (answer == Answer.Endless) response.SendChunked = true;
            else response.ContentLength64 = content.Length - from;
            var rest = content.AsMemory(from);
            var to = response.OutputStream;
            for (int i = 0; answer == Answer.Endless && i < 10_000; i++) await to.WriteAsync(content);
            if (answer is Answer.CutInHalf or Answer.IgnoreRangeAndCut or Answer.Stall)
            {
                await to.WriteAsync(rest[..((rest.Length + 1) / 2)]);
                await to.FlushAsync();
                await Task.Delay(answer == Answer.Stall ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(50), _stop.Token);
                response.Abort();
                return;
            }
            await to.WriteAsync(rest);
            response.Close();
        }
        catch (Exception e) when (
            e is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            response.Abort();   // The client left, or the test is over.
        }
    }
}
