using KerasPort.Models;
using KerasPort.Saving.Hdf5;
using PureHDF;

namespace KerasPort.Saving;

/// <summary>
/// The weights in a <c>.weights.h5</c> or <c>.keras</c>, by the paths of their objects, to be inspected, changed and saved: for files whose model has
/// changed since.
/// </summary>
public sealed class KerasFileEditor
{
    private readonly SortedDictionary<string, object> _all;

    /// <summary>Opens a file and reads all its weights.</summary>
    /// <exception cref="ValueError">There is no such file, or its name has another ending.</exception>
    /// <exception cref="ModelFormatException">The file is malformed or refused.</exception>
    public KerasFileEditor(string filepath)
    {
        _all = Tree(ModelFile.OpenWeights(filepath));
        Console.WriteLine($"Keras model file '{filepath}'");
    }

    /// <summary>The arrays by name; objects inside are dictionaries of the same kind.</summary>
    public IReadOnlyDictionary<string, object> weights_dict => _all;

    /// <summary>Prints the objects and arrays, with shapes and types.</summary>
    public void summary()
    {
        Console.WriteLine("Weights structure");
        Print(_all, "  ", isFirst: true);
    }

    /// <summary>Prints the differences between the file and the weights of a model.</summary>
    /// <returns>"success" or "error", the number of differences, and the number of weights that match.</returns>
    public (string status, int error_count, int match_count) compare(Model reference_model)
    {
        Console.WriteLine("Running comparison");
        var wanted = Tree(Hdf5File.Read(WeightsFile.Write(reference_model)));
        var met = new HashSet<string>();
        var (errors, matches) = Compare(_all, wanted, "", "saved file", "reference model", met);
        errors += Compare(wanted, _all, "", "reference model", "saved file", met).Errors;
        Console.WriteLine(new string('─', 21));
        Console.WriteLine(errors == 0 ? "Comparison successful: saved file is compatible with the reference model"
            : $"Found {errors} error{(errors == 1 ? "" : "s")}: saved file is not compatible with the reference model");
        if (errors == 0) Console.WriteLine($"    Found {matches} matching weight{(matches == 1 ? "" : "s")}");
        return (errors == 0 ? "success" : "error", errors, matches);
    }

    /// <summary>Renames an object, given by its path or by a unique name.</summary>
    /// <exception cref="ValueError">There is no such object, or the new name is a path.</exception>
    public void rename_object(string object_name, string new_name)
    {
        if (new_name.Contains('/'))
            throw new ValueError($"Argument `target_name` should be a leaf name, not a full path name. Received: target_name='{new_name}'");
        var (owner, name) = Find(object_name);
        owner[new_name] = owner[name];
        owner.Remove(name);
    }

    /// <summary>Removes an object, given by its path or by a unique name.</summary>
    /// <exception cref="ValueError">There is no such object.</exception>
    public void delete_object(string object_name)
    {
        var (owner, name) = Find(object_name);
        owner.Remove(name);
    }

    /// <summary>Adds an object at a path, with arrays by name: "0", "1" and so on.</summary>
    /// <exception cref="ValueError">An object that the path leads through doesn't exist.</exception>
    public void add_object(string object_path, Dictionary<string, NDArray> weights)
    {
        int end = object_path.LastIndexOf('/');
        var owner = end < 0 ? _all : Down(object_path[..end].Split('/'), object_path[..end]);
        owner[object_path[(end + 1)..]] = Added([], weights);
    }

    /// <summary>Removes one array of an object, given by its path or by a unique name.</summary>
    /// <exception cref="ValueError">There is no such object or array.</exception>
    public void delete_weight(string object_name, string weight_name)
    {
        var owner = Object(object_name);
        if (!owner.Remove(weight_name))
            throw new ValueError($"Weight {weight_name} not found in object {object_name}. Weights found: [{string.Join(", ", owner.Keys)}]");
    }

    /// <summary>Adds arrays to an object, given by its path or by a unique name.</summary>
    /// <exception cref="ValueError">There is no such object.</exception>
    public void add_weights(string object_name, Dictionary<string, NDArray> weights) => Added(Object(object_name), weights);

    /// <summary>Writes the weights in their present state.</summary>
    /// <exception cref="ValueError">The name doesn't end in <c>.weights.h5</c>.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void save(string filepath)
    {
        if (!filepath.EndsWith(".weights.h5", StringComparison.Ordinal))
            throw new ValueError($"Invalid `filepath` argument: expected a `.weights.h5` extension. Received: filepath={filepath}");
        var file = new H5File();
        Fill(file, _all);
        WholeFile.Write(filepath, Hdf5Writer.Bytes(file));
    }

    /// <inheritdoc cref="save"/>
    public void resave_weights(string filepath) => save(filepath);

    private static SortedDictionary<string, object> Tree(Hdf5Object group)
    {
        var tree = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, child) in group.Children)
        {
            if (child.Value is { } value) tree[name] = value.Numbers();
            // The arrays of an object are in its subgroup "vars".
            else if (name == "vars")
                foreach (var (number, array) in Tree(child)) tree[number] = array;
            else if (Tree(child) is { Count: > 0 } inner) tree[name] = inner;
        }
        return tree;
    }

    private static void Fill(H5Group group, SortedDictionary<string, object> tree)
    {
        var vars = new H5Group();
        foreach (var (name, value) in tree)
        {
            if (value is NDArray array)
            {
                vars[name] = array.dtype == DType.int64 && array.ndim == 0 ? new H5Dataset(array.ToLongs()[0])
                    : array.ndim == 0 ? new H5Dataset(array.ToFloats()[0]) : Hdf5Writer.Dataset(array.ToFloats(), [.. array.shape]);
            }
            else
            {
                var inner = new H5Group();
                Fill(inner, (SortedDictionary<string, object>)value);
                group[name] = inner;
            }
        }
        if (vars.Count > 0) group["vars"] = vars;
    }

    private static SortedDictionary<string, object> Added(SortedDictionary<string, object> to, Dictionary<string, NDArray> weights)
    {
        foreach (var (name, value) in weights)
            to[name] = value?.astype(DType.float32) ?? throw new ValueError($"Weight {name} needs an array. Received: None");
        return to;
    }

    private SortedDictionary<string, object> Object(string name)
    {
        var (owner, own) = Find(name);
        return owner[own] as SortedDictionary<string, object> ?? throw new ValueError($"'{name}' is an array, and no object that has some.");
    }

    private (SortedDictionary<string, object> Owner, string Name) Find(string name)
    {
        string[] parts = name.Split('/');
        if (parts.Length > 1)
        {
            var owner = Down(parts[..^1], name);
            return owner.ContainsKey(parts[^1]) ? (owner, parts[^1]) : throw NotFound(name);
        }
        SortedDictionary<string, object>[] owners = [.. Owners(_all, name)];
        return owners.Length == 1 ? (owners[0], name) : throw new ValueError(owners.Length > 1
            ? $"Name '{name}' occurs more than once in the model; try passing a complete path"
            : $"Source name '{name}' does not appear in the model. Use `editor.summary()` to list all objects.");
    }

    private SortedDictionary<string, object> Down(string[] parts, string path)
    {
        var at = _all;
        foreach (string part in parts)
            at = at.GetValueOrDefault(part) as SortedDictionary<string, object> ?? throw NotFound(path);
        return at;
    }

    private static ValueError NotFound(string path) => new($"Path '{path}' not found in model.");

    private static IEnumerable<SortedDictionary<string, object>> Owners(SortedDictionary<string, object> tree, string name) =>
        tree.Values.OfType<SortedDictionary<string, object>>().SelectMany(inner => Owners(inner, name)).Concat(tree.ContainsKey(name) ? [tree] : []);

    private static (int Errors, int Matches) Compare(SortedDictionary<string, object> target, SortedDictionary<string, object> wanted, string place,
        string targetName, string wantedName, HashSet<string> met)
    {
        int errors = 0, matches = 0;
        foreach (var (key, value) in wanted)
        {
            string path = $"{place}/{key}";
            if (met.Contains(path)) continue;
            if (!target.TryGetValue(key, out object? found) || (found is NDArray) != (value is NDArray))
            {
                errors++;
                met.Add(path);
                Console.WriteLine($"...{(value is NDArray ? "Weight" : "Object")} {path} present in {wantedName}, missing from {targetName}");
                if (value is SortedDictionary<string, object> missing)
                    Console.WriteLine($"    In {wantedName}, {path} contains the following keys: {PythonText.Repr(missing.Keys)}");
            }
            else if (value is SortedDictionary<string, object> inner)
            {
                var (more, same) = Compare((SortedDictionary<string, object>)found, inner, path, targetName, wantedName, met);
                (errors, matches) = (errors + more, matches + same);
            }
            else if ((Shape)((NDArray)found).shape == (Shape)((NDArray)value).shape) matches++;
            else
            {
                errors++;
                met.Add(path);
                Console.WriteLine($"...Weight shape mismatch for {path}\n    In {wantedName}: shape={((NDArray)value).shape}\n"
                    + $"    In {targetName}: shape={((NDArray)found).shape}");
            }
        }
        return (errors, matches);
    }

    private static void Print(SortedDictionary<string, object> tree, string prefix, bool isFirst)
    {
        foreach (var (i, (key, value)) in tree.Index())
        {
            bool isLast = i == tree.Count - 1;
            string line = prefix + (isFirst ? "> " : isLast ? "└─ " : "├─ ") + key;
            isFirst = false;
            if (value is NDArray array) Console.WriteLine($"{line}: shape={array.shape}, dtype={array.dtype}");
            else
            {
                Console.WriteLine(line);
                Print((SortedDictionary<string, object>)value, prefix + (isLast ? "    " : "│   "), isFirst: false);
            }
        }
    }
}
