using System.Runtime.CompilerServices;
using KerasPort.Saving.Npy;
using KerasPort.Saving.Tables;

namespace KerasPort;

/// <content>Files of arrays.</content>
public sealed partial class NumpyModule
{
    /// <summary>
    /// The array of an .npy file; of an .npz file its arrays by name: <c>data["x_train"]</c>, <c>data.files</c>. What Python wrote is read and
    /// the other way round; a file can do no harm, as nothing in it is run.
    /// </summary>
    /// <param name="file">The path.</param>
    /// <param name="mmap_mode"><c>null</c>: a file is read, not mapped.</param>
    /// <param name="allow_pickle">Has no effect: pickled objects are always refused, since reading them runs code.</param>
    /// <exception cref="ValueError">It isn't such a file, is damaged, or has elements of an unsupported type.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public NDArray load(string file, string? mmap_mode = null, bool allow_pickle = false) => mmap_mode is null ? ArrayFiles.Load(file)
        : throw new ValueError($"mmap_mode={PythonText.Repr(mmap_mode)} is not supported: arrays here lie in memory; leave it out to read the file");

    /// <summary>Writes an .npy file, the same bytes as numpy's. A path without that ending gets it.</summary>
    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    public void save(string file, NDArray arr) => ArrayFiles.Save(file, arr);

    /// <summary>Writes an .npz file of these arrays, which are called arr_0, arr_1 …. A path without that ending gets it.</summary>
    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    public void savez(string file, params NDArray[] args) => ArrayFiles.SaveZip(file, Numbered(args), compress: false);

    /// <summary>Writes an .npz file of arrays by name: <c>np.savez(path, new() { ["x"] = x, ["y"] = y })</c>.</summary>
    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    /// <exception cref="ValueError">A name means a place outside of the file.</exception>
    [OverloadResolutionPriority(1)]
    public void savez(string file, Dictionary<string, NDArray> kwds) => ArrayFiles.SaveZip(file, kwds, compress: false);

    /// <inheritdoc cref="savez(string, NDArray[])"/>
    public void savez_compressed(string file, params NDArray[] args) => ArrayFiles.SaveZip(file, Numbered(args), compress: true);

    /// <inheritdoc cref="savez(string, Dictionary{string, NDArray})"/>
    [OverloadResolutionPriority(1)]
    public void savez_compressed(string file, Dictionary<string, NDArray> kwds) => ArrayFiles.SaveZip(file, kwds, compress: true);

    /// <summary>Numbers from a text file, a row a line; single rows, columns and numbers come with fewer dimensions.</summary>
    /// <param name="fname">The path.</param>
    /// <param name="dtype">float64 by default.</param>
    /// <param name="comments">The characters at which a comment begins.</param>
    /// <param name="delimiter">The character between numbers; by default any white space.</param>
    /// <param name="skiprows">Lines to leave out at the beginning, blank ones and comments counted.</param>
    /// <param name="usecols">The column or columns wanted.</param>
    /// <param name="unpack">Whether the result is transposed: <c>var (x, y) = np.loadtxt(…)</c>.</param>
    /// <param name="ndmin">The fewest dimensions of the result: 0, 1 or 2.</param>
    /// <param name="max_rows">How many rows to read.</param>
    /// <param name="quotechar">The quotes that a field may be enclosed in.</param>
    /// <exception cref="ValueError">A field isn't a number, or rows have different lengths; the message names the place.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public NDArray loadtxt(string fname, DType? dtype = null, string? comments = "#", string? delimiter = null, int skiprows = 0, Axes? usecols = null,
        bool unpack = false, int ndmin = 0, int? max_rows = null, string? quotechar = null) =>
        new StrictTable(dtype ?? DType.float64, comments, delimiter, skiprows, usecols, max_rows, quotechar).Read(fname).Shaped(unpack, ndmin);

    /// <summary>Numbers from a text file, a row a line, where some may be missing: what is no number is nan, or that value.</summary>
    /// <param name="fname">The path.</param>
    /// <param name="dtype">float64 by default. Missing whole numbers are -1.</param>
    /// <param name="comments">The characters at which a comment begins.</param>
    /// <param name="delimiter">The text between numbers; by default any white space.</param>
    /// <param name="skip_header">Lines to leave out at the beginning, blank ones and comments counted.</param>
    /// <param name="skip_footer">Rows to leave out at the end.</param>
    /// <param name="filling_values">The value of missing numbers.</param>
    /// <param name="usecols">The column or columns wanted.</param>
    /// <param name="unpack">Whether the result is transposed.</param>
    /// <param name="max_rows">How many rows to read.</param>
    /// <param name="ndmin">The fewest dimensions of the result: 0, 1 or 2.</param>
    /// <exception cref="ValueError">Rows are not of one length: which.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public NDArray genfromtxt(string fname, DType? dtype = null, string? comments = "#", string? delimiter = null, int skip_header = 0, int skip_footer = 0,
        double? filling_values = null, Axes? usecols = null, bool unpack = false, int? max_rows = null, int ndmin = 0) =>
        new GapTable(dtype ?? DType.float64, comments, delimiter, skip_header, skip_footer, filling_values, usecols, max_rows)
            .Read(fname).Shaped(unpack, ndmin);

    /// <summary>Writes a matrix as text, a row a line, or a vector, a number a line.</summary>
    /// <param name="fname">The path.</param>
    /// <param name="X">The numbers.</param>
    /// <param name="fmt">How each is written, as with Python's <c>%</c>; or how a whole row is, with as many conversions as columns.</param>
    /// <param name="delimiter">Between numbers.</param>
    /// <param name="newline">Behind each row.</param>
    /// <param name="header">A text before the first row.</param>
    /// <param name="footer">A text behind the last row.</param>
    /// <param name="comments">The text before header and footer.</param>
    /// <exception cref="ValueError">The array has more than two dimensions or none, or the format not as many conversions as it has columns.</exception>
    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    public void savetxt(string fname, NDArray X, string fmt = "%.18e", string delimiter = " ", string newline = "\n", string header = "", string footer = "",
        string comments = "# ") => TextTable.Write(fname, X, TextTable.RowFormat(X, fmt, delimiter), newline, header, footer, comments);

    /// <inheritdoc cref="savetxt(string, NDArray, string, string, string, string, string, string)"/>
    public void savetxt(string fname, NDArray X, string[] fmt, string delimiter = " ", string newline = "\n", string header = "", string footer = "",
        string comments = "# ") => TextTable.Write(fname, X, TextTable.RowFormat(X, fmt, delimiter), newline, header, footer, comments);

    private static IEnumerable<KeyValuePair<string, NDArray>> Numbered(NDArray[] arrays) => arrays.Select((array, i) => KeyValuePair.Create($"arr_{i}", array));
}
