using System.IO.Enumeration;
using KerasPort.Pipelines;
using KerasPort.Random;
using KerasPort.Training;

namespace KerasPort.Pictures;

/// <summary>The pictures of a folder with a subfolder for each class, in Python's order, for <c>image_dataset_from_directory</c>.</summary>
internal sealed record ImageFolder(string[] Paths, int[]? Labels, string[]? ClassNames)
{
    // Batches are read ahead up to that many bytes, and at most so many batches.
    private const int BytesAhead = 8 << 20, MostAhead = 16;

    private const int BufferWithoutBatches = 1024, BatchesInBuffer = 8;

    private static readonly string[] s_formats = [".bmp", ".gif", ".jpeg", ".jpg", ".png"];

    /// <summary>Finds the pictures of a folder, and their classes.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="given">The labels of the files, if they aren't inferred from the subfolders.</param>
    /// <param name="classNames">The classes in another order, or some of them.</param>
    /// <param name="followLinks">Whether folders that are links are followed.</param>
    /// <exception cref="DatasetException">There is no such folder.</exception>
    /// <exception cref="ValueError">The classes or labels don't match the folder.</exception>
    public static ImageFolder Read(string directory, FileLabels given, string[]? classNames, bool followLinks)
    {
        if (!Directory.Exists(directory)) throw new DatasetException($"There is no folder {directory}, expected one of pictures.");
        if (!given.AreInferred)
        {
            int[]? labels = given.Numbers;
            if (classNames is not null) throw new ValueError("`class_names` can only be given where classes are inferred, labels: \"inferred\".");
            string[] all = [.. Files(directory, followLinks, s_formats)];
            if (labels is not null && labels.Length != all.Length)
                throw new ValueError($"Expected the lengths of `labels` to match the number of files in the target directory. len(labels) is {labels.Length} "
                    + $"while we found {all.Length} files in directory {directory}.");
            return new ImageFolder(all, labels, labels is null ? null : [.. labels.Distinct().Order().Select(label => PythonText.Str(label))]);
        }
        string[] classes = SubfoldersOf(directory);
        if (classNames is not null)
        {
            if (!classNames.All(classes.Contains))
                throw new ValueError("The `class_names` passed did not match the names of the subdirectories of the target directory. "
                    + $"Expected: {PythonText.Repr(classes)} (or a subset of it), but received: class_names={PythonText.Repr(classNames)}");
            classes = classNames;
        }
        var paths = classes.Select(name => Files(Path.Join(directory, name), followLinks, s_formats).ToArray()).ToArray();
        return new ImageFolder([.. paths.SelectMany(p => p)], [.. paths.SelectMany((p, label) => Enumerable.Repeat(label, p.Length))], classes);
    }

    /// <summary>The names of a folder's subfolders, sorted as Python sorts, without hidden ones.</summary>
    public static string[] SubfoldersOf(string directory, bool hidden = false) =>
        [.. Directory.GetDirectories(directory).Select(path => Path.GetFileName(path)!)
        .Where(name => hidden || !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The files with these endings in a folder and its subfolders, in the order of Python's sorted <c>os.walk</c>: a folder's own files before those below it.
    /// </summary>
    public static IEnumerable<string> Files(string directory, bool followLinks, IReadOnlyCollection<string> endings)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var found = new FileSystemEnumerable<(string Folder, string Name)>(directory,
            (ref FileSystemEntry entry) => (entry.Directory.ToString(), entry.FileName.ToString()), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && Ends(entry.FileName, endings),
            // A link to a folder above it would never end.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => followLinks || (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return found.OrderBy(file => file.Folder, StringComparer.Ordinal).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => Path.Join(file.Folder, file.Name));
    }

    private static bool Ends(ReadOnlySpan<char> name, IEnumerable<string> endings)
    {
        foreach (string ending in endings)
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>A copy in random order; paths and labels are shuffled alike.</summary>
    public ImageFolder Shuffled(long seed)
    {
        string[] paths = [.. Paths];
        int[]? labels = Labels is null ? null : [.. Labels];
        new RandomState(seed).Shuffle(paths.AsSpan());
        if (labels is not null) new RandomState(seed).Shuffle(labels.AsSpan());
        return this with { Paths = paths, Labels = labels };
    }

    /// <summary>A range of the pictures, such as the last ones for validation.</summary>
    public ImageFolder this[Range range] => this with { Paths = Paths[range], Labels = Labels?[range] };

    /// <summary>The pictures and labels in batches, decoded ahead by as many threads as there are cores.</summary>
    public Dataset ToDataset(string? labelMode, int channels, bool channelsFirst, ImageResizing resizing, int? batchSize, long? shuffleSeed)
    {
        var codec = PictureCodec.Open("image_dataset_from_directory");
        NDArray numbers = Enumerable.Range(0, Paths.Length).ToArray();
        Dataset dataset = new TensorSliceDataset(numbers);
        if (shuffleSeed is { } seed) dataset = dataset.shuffle(batchSize * BatchesInBuffer ?? BufferWithoutBatches, seed);
        string what = $"pictures {string.Join(' ', Paths)} {(labelMode is null ? "" : ArraySource.Hash([Labels!]))}";
        int threads = Environment.ProcessorCount;
        // One thread decodes a whole batch: handing over 32 small pictures one by one takes longer than decoding them.
        dataset = batchSize is { } size ? dataset.batch(size).Map(what, batch => Pictures(batch.numpy().ToInts()), threads,
                waiting: threads + Math.Min((int)(BytesAhead / ((long)size * resizing.Size * sizeof(float))), MostAhead))
            : dataset.Map(what, number => Element.Row(Pictures([(int)number.numpy()]), 0), threads);
        dataset = dataset.prefetch(DataModule.Autotune);
        dataset.file_paths = Paths;
        if (ClassNames is not null) dataset.class_names = ClassNames;
        return dataset;

        Tensor Pictures(int[] batch)
        {
            var pixels = resizing.Batch(batch.Length, i => codec.Read(Paths[batch[i]]).AsTensorFlow(channels));
            Tensor pictures = channelsFirst ? pixels.transpose(0, 3, 1, 2) : pixels;
            return labelMode is null ? pictures : Element.Of((pictures, LabelsOf(Array.ConvertAll(batch, number => Labels![number]))));
        }

        NDArray LabelsOf(int[] labels)
        {
            if (labelMode == "int") return labels;
            if (labelMode == "binary") return new NDArray(Array.ConvertAll(labels, label => (float)label), labels.Length, 1);
            int classes = ClassNames!.Length;
            var rows = new float[labels.Length * classes];
            for (int i = 0; i < labels.Length; i++)
                if (labels[i] >= 0 && labels[i] < classes) rows[i * classes + labels[i]] = 1;
            return new NDArray(rows, labels.Length, classes);
        }
    }
}
