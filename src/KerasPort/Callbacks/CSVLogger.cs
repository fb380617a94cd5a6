using System.Text;
using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>Writes each epoch's logs to a CSV file, as Keras' callback of that name does.</summary>
/// <remarks>
/// The columns are the first epoch's logs, in alphabetical order. If these have none of a validation, columns for it follow, which hold NA until there
/// is one.
/// </remarks>
public sealed class CSVLogger : Callback
{
    private readonly StringBuilder _rows = new();
    private Stream? _file;
    private string[]? _columns;
    private long _before;
    private bool _writesHeader = true;

    /// <summary>Creates a callback that writes to <paramref name="filename"/>.</summary>
    /// <param name="filename">The file; its folder must exist.</param>
    /// <param name="separator">The character between two values.</param>
    /// <param name="append">Whether rows are appended to an existing file instead of replacing it.</param>
    /// <exception cref="ValueError">The separator isn't one character.</exception>
    public CSVLogger(string filename, string separator = ",", bool append = false)
    {
        if (string.IsNullOrEmpty(filename)) throw new ValueError($"CSVLogger needs the name of a file. Received: filename={PythonText.Repr(filename)}");
        if (separator is not { Length: 1 })
            throw new ValueError($"\"delimiter\" must be a 1-character string. Received: separator={PythonText.Repr(separator)}");
        (this.filename, this.separator, this.append) = (filename, separator, append);
    }

    /// <summary>The file.</summary>
    public string filename { get; }

    /// <summary>The character between two values.</summary>
    public string separator { get; }

    /// <summary>Whether rows are appended to an existing file.</summary>
    public bool append { get; }

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        string? rows = _rows.ToString(), columns = _columns is null ? null : string.Join('\n', _columns);
        state.Keep("before", ref _before);
        state.Keep("rows", ref rows);
        state.Keep("columns", ref columns);
        if (!state.Restores || _file is null) return;
        // A training that resumes removes the rows of epochs that it repeats.
        _columns = columns?.Split('\n');
        _rows.Clear();
        _file.SetLength(_before);
        _file.Position = _before;
        Write(rows!);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs)
    {
        if (append && File.Exists(filename)) _writesHeader = new FileInfo(filename).Length == 0;
        Close();
        _file = !Ranks.Current.IsFirst ? Stream.Null
            : new FileStream(filename, append ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
        _before = _file.Seek(0, SeekOrigin.End);
        _columns = null;
        _rows.Clear();
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        if (_columns is null)
        {
            string[] keys = [.. logs.Keys.Order(StringComparer.Ordinal)];
            bool validates = keys.Any(key => key.StartsWith("val_", StringComparison.Ordinal));
            _columns = [.. keys, .. validates ? [] : keys.Select(key => "val_" + key)];
            if (_writesHeader) Write(Row(_columns.Prepend("epoch")));
        }
        Write(Row(_columns.Select(name => logs.TryGetValue(name, out double value) ? PythonText.Str(value) : "NA").Prepend(PythonText.Str(epoch))));
    }

    /// <inheritdoc/>
    public override void on_train_end(Logs logs) => Close();

    private string Row(IEnumerable<string> values) => string.Join(separator, values.Select(Quoted)) + "\r\n";

    /// <summary>Quotes a value where that is necessary, as Python's csv module does.</summary>
    private string Quoted(string value) =>
        value.AsSpan().IndexOfAny(['"', '\r', '\n', separator[0]]) < 0 ? value : $"\"{value.Replace("\"", "\"\"")}\"";

    private void Write(string rows)
    {
        _rows.Append(rows);
        _file!.Write(Encoding.UTF8.GetBytes(rows));
        _file.Flush();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
