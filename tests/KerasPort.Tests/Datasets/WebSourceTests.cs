using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class WebSourceTests : IDisposable
{
    private static readonly ProgressLine Quiet = new(TextWriter.Null, redraw: false);
    private readonly SmallDataset _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Fetches_what_is_wanted_and_leaves_nothing_else()
    {
        using var server = new FileServer(_small, _ => Answer.Whole);
        Fetch(server, _small.Files);
        Assert.Equal(_small.Files.Select(f => f.Name), _small.Listing("cache"));
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(_small.At("cache", _small.Files[0].Name)));
        Assert.Equal(["images-idx3-ubyte.gz", "labels-idx1-ubyte.gz"], server.Requests);
    }

    [Theory]
    [Slow]
    [InlineData(Answer.CutInHalf)]
    [InlineData(Answer.Stall)]
    public void Goes_on_where_it_broke_off(Answer failure)
    {
        using var server = new FileServer(_small, i => i < 2 ? failure : Answer.Whole);
        Fetch(server, _small.Files[..1], patience: failure == Answer.Stall ? 2 : 30);
        int size = _small.Packed[0].Length, half = (size + 1) / 2, more = (size - half + 1) / 2;
        Assert.Equal([Requested(0), Requested(half), Requested(half + more)], server.Requests);
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(_small.At("cache", _small.Files[0].Name)));
    }

    [Fact]
    public void Begins_again_where_the_server_does_not_know_ranges()
    {
        using var server = new FileServer(_small, i => i == 0 ? Answer.CutInHalf : Answer.IgnoreRange);
        Fetch(server, _small.Files[..1]);
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(_small.At("cache", _small.Files[0].Name)));
    }

    [Fact]
    public void Gives_up_on_a_server_that_always_breaks_off_and_goes_on_in_the_next_run()
    {
        using (var server = new FileServer(_small, _ => Answer.IgnoreRangeAndCut))
        {
            var e = Assert.Throws<DatasetException>(() => Fetch(server, _small.Files[..1]));
            Assert.Equal($"the connection broke off after {(_small.Packed[0].Length + 1) / 2} bytes; the next run goes on from there", e.Message);
            Assert.Equal(2, server.Requests.Length);
        }
        Assert.Matches(@"^images-idx3-ubyte\.gz\..*\.part$", Assert.Single(_small.Listing("cache")));

        using var better = new FileServer(_small, _ => Answer.Whole);
        Fetch(better, _small.Files[..1]);
        Assert.Equal([Requested((_small.Packed[0].Length + 1) / 2)], better.Requests);
        Assert.Equal([_small.Files[0].Name], _small.Listing("cache"));
    }

    /// <summary>An earlier process left all of the file, too much of it, or something else.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 2)]
    [InlineData(-100, 2)]
    public void Judges_a_remainder_by_the_whole(int extra, int requests)
    {
        byte[] left = extra < 0 ? new byte[_small.Packed[0].Length + extra] : [.. _small.Packed[0], .. new byte[extra]];
        Directory.CreateDirectory(_small.At("cache"));
        File.WriteAllBytes(_small.At("cache", _small.Files[0].Name + ".old.part"), left);

        using var server = new FileServer(_small, _ => Answer.Whole);
        Fetch(server, _small.Files[..1]);
        Assert.Equal(requests, server.Requests.Length);
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(_small.At("cache", _small.Files[0].Name)));
        Assert.Equal([_small.Files[0].Name], _small.Listing("cache"));
    }

    [Fact]
    public void A_link_in_place_of_a_remainder_is_not_followed()
    {
        Directory.CreateDirectory(_small.At("cache"));
        File.WriteAllText(_small.At("diary"), "dear diary");
        File.CreateSymbolicLink(_small.At("cache", _small.Files[0].Name + ".old.part"), _small.At("diary"));

        using var server = new FileServer(_small, _ => Answer.Whole);
        Fetch(server, _small.Files[..1]);
        Assert.Equal("dear diary", File.ReadAllText(_small.At("diary")));
    }

    [Fact]
    public void Swapped_bytes_are_fetched_once_more_then_refused()
    {
        using (var once = new FileServer(_small, i => i == 0 ? Answer.SwapBytes : Answer.Whole)) Fetch(once, _small.Files[..1]);

        using var always = new FileServer(_small, _ => Answer.SwapBytes);
        var e = Assert.Throws<DatasetException>(() => Fetch(always, _small.Files[1..]));
        Assert.StartsWith("what was received as ", e.Message);
        Assert.Equal(2, always.Requests.Length);
        Assert.Equal([_small.Files[0].Name], _small.Listing("cache"));
    }

    [Theory]
    [InlineData(Answer.NotFound, "the server answers 404 Not Found")]
    [InlineData(Answer.Endless, "the server sends more than images-idx3-ubyte.gz can be")]
    public void A_server_without_the_file_is_asked_once(Answer answer, string message)
    {
        using var server = new FileServer(_small, _ => answer);
        Assert.Equal(message, Assert.Throws<DatasetException>(() => Fetch(server, _small.Files)).Message);
        Assert.Single(server.Requests);
        Assert.Empty(_small.Listing("cache"));
    }

    [Fact]
    public void No_server_is_told_at_once()
    {
        var server = new FileServer(_small, _ => Answer.Whole);
        server.Dispose();
        Assert.Contains("refused", Assert.Throws<DatasetException>(() => Fetch(server, _small.Files)).Message);
        Assert.Empty(_small.Listing("cache"));
    }

    [Fact]
    [Needs(Need.Linux)]
    public void A_server_that_never_answers_is_not_waited_for_long()
    {
        // Other systems accept more than the backlog.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 0);
        var address = (IPEndPoint)listener.LocalEndpoint;
        using var first = new TcpClient();
        first.Connect(address); // Fills the queue, so that the next connection is never made.
        var e = Assert.Throws<DatasetException>(() =>
            Fetch(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{address.Port}/")), _small.Files, patience: 0.5));
        Assert.Equal("no connection within 0.25 s", e.Message);
    }

    private string Requested(int from) => from == 0 ? _small.Files[0].Name : $"{_small.Files[0].Name} bytes={from}-";

    private void Fetch(FileServer server, IReadOnlyList<DatasetFile> files, double patience = 30) => Fetch(server.Address, files, patience);

    private void Fetch(Uri address, IReadOnlyList<DatasetFile> files, double patience)
    {
        using var cache = DatasetCache.Open([_small.At("cache")], Quiet);
        new WebSource(address, TimeSpan.FromSeconds(patience), Quiet).Fetch(files, cache);
    }
}
