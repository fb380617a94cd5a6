using KerasPort.Saving.Npy;
using KerasPort.Saving.Tables;

namespace KerasPort;

/// <content>Files of arrays.</content>
public sealed partial class NumpyModule
{
    /// <summary>
    /// Reads the array of an .npy file, or the arrays of an .npz file by name: <c>data["x_train"]</c>, <c>data.files</c>. Python and this library read each
    /// other's files; nothing in a file is executed.
    /// </summary>
    /// <param name="file">The path.</param>
    /// <param name="mmap_mode">Only <c>null</c>: the file is read, not mapped.</param>
    /// <param name="allow_pickle">Has no effect: pickled objects are always refused, since reading them runs code.</param>
    /// <exception cref="ValueError">It isn't such a file, is damaged, or has elements of an unsupported type.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public NDArray load(string file, string? mmap_mode = null, bool allow_pickle = false) => mmap_mode is null ? ArrayFiles.Load(file)
        : throw new ValueError($"mmap_mode={PythonText.Repr(mmap_mode)} is not supported: arrays here lie in memory; leave it out to read the file");

    /// <summary>Writes an .npy file with numpy's bytes; the ending is added if it is missing.</summary>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    public void save(string file, NDArray arr) => ArrayFiles.Save(file, arr);

    /// <summary>Writes an .npz file of these arrays, named arr_0, arr_1 …; the ending is added if it is missing.</summary>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    public void savez(string file, params NDArray[] args) => ArrayFiles.SaveZip(file, Numbered(args), compress: false);

    /// <summary>Writes an .npz file of arrays by name: <c>np.savez(path, new() { ["x"] = x, ["y"] = y })</c>.</summary>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    /// <exception cref="ValueError">A name leads out of the archive.</exception>
    [OverloadResolutionPriority(1)]
    public void savez(string file, Dictionary<string, NDArray> kwds) => ArrayFiles.SaveZip(file, kwds, compress: false);

    /// <inheritdoc cref="savez(string, NDArray[])"/>
    public void savez_compressed(string file, params NDArray[] args) => ArrayFiles.SaveZip(file, Numbered(args), compress: true);

    /// <inheritdoc cref="savez(string, Dictionary{string, NDArray})"/>
    [OverloadResolutionPriority(1)]
    public void savez_compressed(string file, Dictionary<string, NDArray> kwds) => ArrayFiles.SaveZip(file, kwds, compress: true);

    /// <summary>Reads numbers from a text file, one row per line; axes of length 1 are dropped.</summary>
    /// <param name="fname">The path.</param>
    /// <param name="dtype">float64 by default.</param>
    /// <param name="comments">The characters at which a comment begins.</param>
    /// <param name="delimiter">The character between numbers; by default any white space.</param>
    /// <param name="skiprows">Lines to skip at the beginning, including blank ones and comments.</param>
    /// <param name="usecols">The indices of the selected columns.</param>
    /// <param name="unpack">Whether the result is transposed: <c>var (x, y) = np.loadtxt(…)</c>.</param>
    /// <param name="ndmin">The fewest dimensions of the result: 0, 1 or 2.</param>
    /// <param name="max_rows">The number of rows to read; all by default.</param>
    /// <param name="quotechar">The character that may enclose fields.</param>
    /// <exception cref="ValueError">A field isn't a number, or rows have different lengths; the message names the place.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public NDArray loadtxt(string fname, DType? dtype = null, string? comments = "#", string? delimiter = null, int skiprows = 0, Axes? usecols = null,
        bool unpack = false, int ndmin = 0, int? max_rows = null, string? quotechar = null) =>
        new StrictTable(dtype ?? DType.float64, comments, delimiter, skiprows, usecols, max_rows, quotechar).Read(fname).Shaped(unpack, ndmin);

    /// <summary>Reads numbers from a text file, one row per line, where some may be missing: fields that aren't numbers become nan, or a given value.</summary>
    /// <param name="dtype">float64 by default. Missing integers become -1.</param>
    /// <param name="delimiter">The text between numbers; by default any white space.</param>
    /// <param name="skip_header">Lines to skip at the beginning, including blank ones and comments.</param>
    /// <param name="skip_footer">Rows to drop at the end.</param>
    /// <param name="filling_values">The value for missing numbers.</param>
    /// <param name="unpack">Whether the result is transposed.</param>
    /// <exception cref="ValueError">Rows have different lengths; the message names them.</exception>
    /// <inheritdoc cref="loadtxt(string, DType?, string?, string?, int, Axes?, bool, int, int?, string?)"/>
    public NDArray genfromtxt(string fname, DType? dtype = null, string? comments = "#", string? delimiter = null, int skip_header = 0, int skip_footer = 0,
        double? filling_values = null, Axes? usecols = null, bool unpack = false, int? max_rows = null, int ndmin = 0) =>
        new GapTable(dtype ?? DType.float64, comments, delimiter, skip_header, skip_footer, filling_values, usecols, max_rows)
            .Read(fname).Shaped(unpack, ndmin);

    /// <summary>Writes a matrix as text, one row per line, or a vector, one number per line.</summary>
    /// <param name="fname">The path.</param>
    /// <param name="X">The numbers.</param>
    /// <param name="fmt">The format of each number, as for Python's <c>%</c>; or that of a whole row, with one conversion per column.</param>
    /// <param name="delimiter">The text between numbers.</param>
    /// <param name="newline">The text after each row.</param>
    /// <param name="header">A text before the first row.</param>
    /// <param name="footer">A text behind the last row.</param>
    /// <param name="comments">The prefix of the lines of header and footer.</param>
    /// <exception cref="ValueError">The array has no axis or more than two, or the number of conversions isn't that of the columns.</exception>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    public void savetxt(string fname, NDArray X, string fmt = "%.18e", string delimiter = " ", string newline = "\n", string header = "", string footer = "",
        string comments = "# ") => TextTable.Write(fname, X, TextTable.RowFormat(X, fmt, delimiter), newline, header, footer, comments);

    /// <inheritdoc cref="savetxt(string, NDArray, string, string, string, string, string, string)"/>
    public void savetxt(string fname, NDArray X, string[] fmt, string delimiter = " ", string newline = "\n", string header = "", string footer = "",
        string comments = "# ") => TextTable.Write(fname, X, TextTable.RowFormat(X, fmt, delimiter), newline, header, footer, comments);

    private static IEnumerable<KeyValuePair<string, NDArray>> Numbered(NDArray[] arrays) => arrays.Select((array, i) => KeyValuePair.Create($"arr_{i}", array));
}
