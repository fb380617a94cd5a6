using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Summaries;

/// <summary>
/// A file of events, with one record each, as TensorBoard reads it and TensorFlow's <c>tf.summary.create_file_writer</c> writes it.
/// Source: tensorflow/core/util/event.proto, core/framework/summary.proto.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int Float = 1, Double = 2, String = 7;        // DataType
    private static int s_files;

    private readonly Stream _file;
    private readonly TimeProvider _clock;

    /// <summary>Creates a new file in that folder, and the folder if there is none.</summary>
    public EventFile(string folder, TimeProvider clock)
    {
        _clock = clock;
        if (!Ranks.Current.IsFirst)
        {
            _file = Stream.Null;
            return;
        }
        WholeFile.MakeFolder(folder, "event files to ");
        long second = clock.GetUtcNow().ToUnixTimeSeconds();
        string name = string.Create(CultureInfo.InvariantCulture,
            $"events.out.tfevents.{second:D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files) - 1}.v2");
        _file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Append(new ProtoMessage().Add(1, (double)second).Add(3, "brain.Event:2").Add(10, new ProtoMessage().Add(1, "tensorflow.core.util.events_writer")));
        Flush();
    }

    /// <summary>Writes a number.</summary>
    public void Scalar(string tag, double value, long step)
    {
        Span<byte> content = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(content, (float)value);
        Add(tag, step, Tensor(Float).Add(4, content), "scalars");
    }

    /// <summary>Writes a histogram of values: rows of left edge, right edge and count.</summary>
    public void Histogram(string tag, ReadOnlySpan<float> values, long step)
    {
        var buckets = Summaries.Histogram.Of(values);
        Add(tag, step, Tensor(Double, buckets.Length / 3, 3).Add(4, MemoryMarshal.AsBytes(buckets.AsSpan())), "histograms");
    }

    /// <summary>Writes a model's configuration as JSON, which TensorBoard draws as a graph.</summary>
    public void KerasModel(string tag, string json, long step) => Add(tag, step, Tensor(String).Add(8, json), "graph_keras_model", "1");

    /// <summary>Flushes the file to the operating system.</summary>
    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private static ProtoMessage Tensor(int type, params int[] shape)
    {
        var dimensions = new ProtoMessage();
        foreach (int size in shape) dimensions.Add(2, new ProtoMessage().Add(1, size));
        return new ProtoMessage().Add(1, type).Add(2, dimensions);
    }

    private void Add(string tag, long step, ProtoMessage tensor, string plugin, string content = "")
    {
        var data = new ProtoMessage().Add(1, plugin);
        if (content.Length > 0) data.Add(2, content);
        var value = new ProtoMessage().Add(1, tag).Add(8, tensor).Add(9, new ProtoMessage().Add(1, data));
        var written = new ProtoMessage().Add(1, (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (step != 0) written.Add(2, step);
        Append(written.Add(5, new ProtoMessage().Add(1, value)));
    }

    private void Append(ProtoMessage message) => _file.Write(RecordFile.Record(message.ToBytes()));
}
