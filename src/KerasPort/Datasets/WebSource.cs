using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace KerasPort.Datasets;

/// <summary>Files below a web address.</summary>
/// <param name="address">The folder, with its final slash.</param>
/// <param name="patience">How long a silent server is waited for; half as long for a connection.</param>
/// <param name="progress">The writer for the progress bar.</param>
internal sealed class WebSource(Uri address, TimeSpan patience, ProgressLine progress) : DatasetSource
{
    private const int Attempts = 4;

    public override string Name => address.ToString();

    // Runs outside the caller's synchronization context, which would wait for itself.
    public override void Fetch(IReadOnlyList<DatasetFile> wanted, DatasetCache cache) =>
        Task.Run(() => FetchAll(wanted, cache)).GetAwaiter().GetResult();

    private async Task FetchAll(IReadOnlyList<DatasetFile> wanted, DatasetCache cache)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = patience / 2 });
        client.DefaultRequestHeaders.UserAgent.ParseAdd("KerasPort");
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("identity"); // The server must not unpack what it sends.
        try
        {
            foreach (var file in wanted) await FetchOne(client, file, cache);
        }
        finally
        {
            progress.Erase();
        }
    }

    /// <summary>Continues where a connection broke off; begins anew if the bytes received are not the file.</summary>
    private async Task FetchOne(HttpClient client, DatasetFile file, DatasetCache cache)
    {
        progress.Note($"Downloading data from {new Uri(address, file.RemoteName)}");
        string part = cache.Begin(file);
        bool begunAgain = false;
        for (int attempt = 1; ; attempt++)
        {
            long before = LengthOf(part);
            try
            {
                await Receive(client, file, part);
            }
            catch (BrokenOff e)
            {
                long after = LengthOf(part);
                if (attempt < Attempts && (attempt == 1 || after > before)) continue;
                if (after == 0) File.Delete(part);
                throw new DatasetException(after > 0 ? $"{e.Message}; the next run goes on from there" : e.Message, e);
            }
            try
            {
                cache.Keep(part, file);
                return;
            }
            catch (DatasetException e)
            {
                File.Delete(part);
                if (begunAgain) throw new DatasetException($"what was received as {e.Message}", e);
                begunAgain = true;
            }
        }
    }

    private async Task Receive(HttpClient client, DatasetFile file, string part)
    {
        long have = LengthOf(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, file.RemoteName));
        if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
        using var silence = new CancellationTokenSource(patience);
        using var response = await Ask(() => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token));
        if (have > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return; // Nothing is missing: Keep decides.
        if (!response.IsSuccessStatusCode) throw new DatasetException($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != have) have = 0;

        long total = have + (response.Content.Headers.ContentLength ?? 0);
        using var from = await Ask(() => response.Content.ReadAsStreamAsync(silence.Token));
        using var to = new FileStream(part, have > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        var buffer = new byte[1 << 16];
        while (true)
        {
            silence.CancelAfter(patience);
            int read = await Ask(() => from.ReadAsync(buffer, silence.Token).AsTask(), have);
            if (read == 0) return;
            if ((have += read) > file.Largest)  // No disk is filled.
            {
                to.Dispose();
                File.Delete(part);
                throw new DatasetException($"the server sends more than {file.Name} can be");
            }
            await to.WriteAsync(buffer.AsMemory(0, read));
            if (total > 0) progress.Show((double)have / total, string.Create(CultureInfo.InvariantCulture, $"{have}/{total}"));
        }
    }

    /// <summary>Distinguishes a failing network, which is worth another attempt, from a missing one.</summary>
    private async Task<T> Ask<T>(Func<Task<T>> network, long received = 0)
    {
        try
        {
            return await network();
        }
        catch (HttpRequestException e) when (e.HttpRequestError is not (HttpRequestError.ResponseEnded or HttpRequestError.Unknown))
        {
            throw new DatasetException(e.HttpRequestError == HttpRequestError.NameResolutionError
                ? $"the name {address.Host} cannot be resolved" : e.InnerException?.Message ?? e.Message, e);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && received == 0)
        {
            throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"no connection within {patience.TotalSeconds / 2:0.##} s"), e);
        }
        catch (OperationCanceledException e)
        {
            throw new BrokenOff(string.Create(CultureInfo.InvariantCulture,
                $"the server was silent for {patience.TotalSeconds:0.#} s after {received} bytes"), e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new BrokenOff($"the connection broke off after {received} bytes", e);
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private sealed class BrokenOff(string message, Exception inner) : Exception(message, inner);
}
