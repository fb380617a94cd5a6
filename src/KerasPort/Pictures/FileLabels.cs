using System.Collections;

namespace KerasPort.Pictures;

/// <summary>The labels of a folder's pictures: "inferred" from the subfolder of each; <c>null</c> for none; or a number for each, <c>[1, 0, 1]</c>.</summary>
[CollectionBuilder(typeof(FileLabels), nameof(Create))]
public readonly struct FileLabels : IEnumerable<int>
{
    private FileLabels(bool inferred, int[]? numbers) => (IsNone, Numbers) = (!inferred && numbers is null, numbers);

    internal bool IsNone { get; }

    internal int[]? Numbers { get; }

    internal bool AreInferred => !IsNone && Numbers is null;

    /// <summary>Creates labels from a number for each file.</summary>
    public static FileLabels Create(ReadOnlySpan<int> numbers) => new(false, numbers.ToArray());

    /// <summary>Converts "inferred", or <c>null</c> for no labels.</summary>
    /// <exception cref="ValueError">It is another text.</exception>
    public static implicit operator FileLabels(string? labels) => labels is null or "inferred" ? new(labels is not null, null)
        : throw new ValueError($"`labels` is \"inferred\", a list of numbers, one for each file, or null. Received: labels={labels}");

    /// <summary>Enumerates the numbers; none if the labels are no list.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(Numbers ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The labels as they were given.</summary>
    public override string ToString() => Numbers is not null ? PythonText.Str(Numbers) : IsNone ? "None" : "inferred";
}
