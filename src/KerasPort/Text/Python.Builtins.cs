namespace KerasPort;

/// <content>
/// Python's built-in functions for counting, iterating and unpacking. A list that would also convert to an array is taken as the list.
/// </content>
public static partial class Python
{
    /// <summary>The number of items of a list, a dictionary or a shape.</summary>
    /// <exception cref="ValueError">The number isn't known.</exception>
    [OverloadResolutionPriority(1)]
    public static int len<T>(IEnumerable<T> items) =>
        items is IReadOnlyCollection<T> { Count: var known } ? known : items.TryGetNonEnumeratedCount(out int count) ? count
        : throw new ValueError($"object of type '{items.GetType().Name}' has no len()");

    /// <summary>The number of rows of an array.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static int len(NDArray array) => array.ndim > 0 ? array.shape[0] : throw new ValueError("len() of unsized object");

    /// <summary>The number of rows of a tensor with values.</summary>
    /// <exception cref="ValueError">The tensor has no values, or is a single number.</exception>
    public static int len(Tensor tensor) => len(tensor.numpy());

    /// <summary>The number of elements of a data set.</summary>
    /// <exception cref="TypeError">The number is unknown or infinite.</exception>
    [OverloadResolutionPriority(2)]
    public static int len(Dataset dataset) => dataset.cardinality() is >= 0 and <= int.MaxValue and var count ? (int)count
        : throw new TypeError(dataset.cardinality() == Dataset.Infinite ? "The dataset is infinite." : "The dataset length is unknown.");

    /// <summary>The number of rows of an array of strings.</summary>
    /// <exception cref="ValueError">It is a single string.</exception>
    [OverloadResolutionPriority(2)]
    public static int len(Strings strings) => strings.shape.Length > 0 ? strings.shape[0] : throw new ValueError("len() of unsized object");

    /// <summary>The number of characters of a text.</summary>
    [OverloadResolutionPriority(2)]
    public static int len(string text) => text.EnumerateRunes().Count();

    /// <summary>The numbers from 0 to <paramref name="stop"/>, exclusive.</summary>
    public static PythonRange range(int stop) => new(0, stop, 1);

    /// <summary>Likewise with a length taken from a shape: <c>range(x.shape[0])</c>.</summary>
    /// <exception cref="ValueError">The length is open.</exception>
    public static PythonRange range(int? stop) => range(stop ?? throw new ValueError("range() needs a length, and this dimension is open (None)."));

    /// <summary>The numbers from <paramref name="start"/> to <paramref name="stop"/>, exclusive.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public static PythonRange range(int start, int stop, int step = 1) => new(start, stop, step);

    /// <summary>The items, each with its index before it: <c>foreach (var (i, name) in enumerate(names))</c>.</summary>
    [OverloadResolutionPriority(1)]
    public static IEnumerable<(int, T)> enumerate<T>(IEnumerable<T> items, int start = 0) => items.Select((item, i) => (start + i, item));

    /// <summary>The rows of an array, each with its index before it.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static IEnumerable<(int, NDArray)> enumerate(NDArray array, int start = 0) => enumerate(Rows(array), start);

    /// <summary>The rows of a tensor with values, each with its index before it.</summary>
    /// <exception cref="ValueError">The tensor has no values, or is a single number.</exception>
    public static IEnumerable<(int, Tensor)> enumerate(Tensor tensor, int start = 0) => enumerate(Rows(tensor), start);

    /// <summary>Pairs of the first items, the second items and so on, as many as the shortest has.</summary>
    [OverloadResolutionPriority(2)]
    public static IEnumerable<(A, B)> zip<A, B>(IEnumerable<A> first, IEnumerable<B> second) => first.Zip(second);

    /// <summary>Pairs of the rows of two arrays.</summary>
    /// <exception cref="ValueError">One is a single number.</exception>
    public static IEnumerable<(NDArray, NDArray)> zip(NDArray first, NDArray second) => Rows(first).Zip(Rows(second));

    /// <summary>Pairs of the rows of two tensors.</summary>
    /// <exception cref="ValueError">A tensor has no values, or is a single number.</exception>
    public static IEnumerable<(Tensor, Tensor)> zip(Tensor first, Tensor second) => Rows(first).Zip(Rows(second));

    /// <summary>Pairs of the rows of an array and the items of a list.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    [OverloadResolutionPriority(1)]
    public static IEnumerable<(NDArray, B)> zip<B>(NDArray first, IEnumerable<B> second) => Rows(first).Zip(second);

    /// <inheritdoc cref="zip{B}(NDArray, IEnumerable{B})"/>
    [OverloadResolutionPriority(1)]
    public static IEnumerable<(A, NDArray)> zip<A>(IEnumerable<A> first, NDArray second) => first.Zip(Rows(second));

    /// <inheritdoc cref="zip{A, B}(IEnumerable{A}, IEnumerable{B})"/>
    [OverloadResolutionPriority(1)]
    public static IEnumerable<(A, B, C)> zip<A, B, C>(IEnumerable<A> first, IEnumerable<B> second, IEnumerable<C> third) => first.Zip(second, third);

    /// <inheritdoc cref="zip(NDArray, NDArray)"/>
    public static IEnumerable<(NDArray, NDArray, NDArray)> zip(NDArray first, NDArray second, NDArray third) => Rows(first).Zip(Rows(second), Rows(third));

    /// <summary>The smallest item.</summary>
    /// <exception cref="ValueError">There is no item.</exception>
    public static T min<T>(IEnumerable<T> items) where T : struct, IComparable<T> =>
        items.Any() ? items.Min() : throw new ValueError("min() iterable argument is empty");

    /// <summary>The largest item.</summary>
    /// <exception cref="ValueError">There is no item.</exception>
    public static T max<T>(IEnumerable<T> items) where T : struct, IComparable<T> =>
        items.Any() ? items.Max() : throw new ValueError("max() iterable argument is empty");

    /// <summary>The smallest number of an array.</summary>
    /// <exception cref="ValueError">The array is empty, or has rows.</exception>
    [OverloadResolutionPriority(-1)]
    public static NDArray min(NDArray array) => Rows(array).ToList() is { Count: > 0 } all ? all.Aggregate(min)
        : throw new ValueError("min() iterable argument is empty");

    /// <summary>The largest number of an array.</summary>
    /// <exception cref="ValueError">The array is empty, or has rows.</exception>
    [OverloadResolutionPriority(-1)]
    public static NDArray max(NDArray array) => Rows(array).ToList() is { Count: > 0 } all ? all.Aggregate(max)
        : throw new ValueError("max() iterable argument is empty");

    /// <summary>A new list of the items.</summary>
    public static List<T> list<T>(IEnumerable<T> items) => [.. items];

    /// <summary>A list of a dictionary's keys.</summary>
    public static List<K> list<K, V>(IReadOnlyDictionary<K, V> map) => [.. map.Keys];

    /// <summary>A dictionary of pairs, the last of equal keys winning: <c>dict(zip(names, values))</c>.</summary>
    public static Dictionary<K, V> dict<K, V>(IEnumerable<(K key, V value)> pairs) where K : notnull
    {
        var made = new Dictionary<K, V>();
        foreach (var (key, value) in pairs) made[key] = value;
        return made;
    }

    /// <summary>The items in ascending order, or in descending order with <paramref name="reverse"/>; text is ordered by the characters' codes.</summary>
    public static List<T> sorted<T>(IEnumerable<T> items, bool reverse = false) where T : IComparable<T>
    {
        // Python's sort is stable, in reverse, too: equal items keep their order.
        var order = typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;
        return [.. reverse ? items.OrderDescending(order) : items.Order(order)];
    }

    /// <summary>The sorted keys of a dictionary.</summary>
    public static List<K> sorted<K, V>(IReadOnlyDictionary<K, V> map, bool reverse = false) where K : IComparable<K> => sorted(map.Keys, reverse);

    /// <summary>Sorts a list in ascending order, or in descending order with <paramref name="reverse"/>.</summary>
    public static void sort<T>(this List<T> list, bool reverse = false) where T : IComparable<T>
    {
        var items = sorted(list, reverse);
        list.Clear();
        list.AddRange(items);
    }

    /// <summary>Sorts a list of single numbers of arrays in ascending order, or in descending order with <paramref name="reverse"/>.</summary>
    /// <exception cref="ValueError">An array in the list has several elements.</exception>
    public static void sort(this List<NDArray> list, bool reverse = false)
    {
        List<NDArray> items = [.. reverse ? list.OrderByDescending(item => (double)item) : list.OrderBy(item => (double)item)];
        list.Clear();
        list.AddRange(items);
    }

    /// <summary>An iterator over items, for <see cref="next"/>.</summary>
    public static IEnumerator<T> iter<T>(IEnumerable<T> items) => items.GetEnumerator();

    /// <summary>The next item: <c>var (images, labels) = next(iter(dataset));</c>.</summary>
    /// <exception cref="ValueError">There is no next item.</exception>
    public static T next<T>(IEnumerator<T> iterator) => iterator.MoveNext() ? iterator.Current : throw new ValueError("StopIteration: there is no next item.");

    /// <summary>Adds an item at the end of a list.</summary>
    public static void append<T>(this List<T> list, T item) => list.Add(item);

    /// <summary>Adds the items at the end of a list.</summary>
    public static void extend<T>(this List<T> list, IEnumerable<T> items) => list.AddRange(items);

    /// <summary>Removes an item, by default the last, and gives it.</summary>
    /// <exception cref="ValueError">The list has no item there.</exception>
    public static T pop<T>(this List<T> list, int index = -1)
    {
        int at = index < 0 ? index + list.Count : index;
        if (at < 0 || at >= list.Count) throw new ValueError(list.Count == 0 ? "pop from empty list" : "pop index out of range");
        var item = list[at];
        list.RemoveAt(at);
        return item;
    }

    /// <summary>The index of the first item that equals <paramref name="value"/>.</summary>
    /// <exception cref="ValueError">There is no such item.</exception>
    public static int index<T>(this List<T> list, T value) =>
        list.IndexOf(value) is >= 0 and var at ? at : throw new ValueError($"{PythonText.Repr(value)} is not in list");

    /// <summary>Whether any element equals a value: Python's <c>value in array</c>.</summary>
    public static bool Contains(this NDArray array, NDArray value) => (bool)(array == value).any();

    /// <summary>The results of a function for each row of an array: <c>from row in predictions select row.argmax()</c>.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static IEnumerable<T> Select<T>(this NDArray array, Func<NDArray, T> selector) => Rows(array).Select(selector);

    /// <summary>The results of a function for each row and its index.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static IEnumerable<T> Select<T>(this NDArray array, Func<NDArray, int, T> selector) => Rows(array).Select(selector);

    /// <summary>The results of a function for each row of a tensor with values.</summary>
    /// <exception cref="ValueError">The tensor has no values, or is a single number.</exception>
    public static IEnumerable<T> Select<T>(this Tensor tensor, Func<Tensor, T> selector) => Rows(tensor).Select(selector);

    /// <summary>The rows of an array that meet a condition: <c>from row in x where row.sum() > 0 select row</c>.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static IEnumerable<NDArray> Where(this NDArray array, Func<NDArray, bool> predicate) => Rows(array).Where(predicate);

    /// <summary>The rows of an array that, with their index, meet a condition.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static IEnumerable<NDArray> Where(this NDArray array, Func<NDArray, int, bool> predicate) => Rows(array).Where(predicate);

    /// <summary>The rows of an array, for <c>foreach</c>.</summary>
    /// <exception cref="ValueError">The array is a single number.</exception>
    public static IEnumerator<NDArray> GetEnumerator(this NDArray array) => Rows(array).GetEnumerator();

    /// <summary>Deconstructs two arrays: <c>var (kernel, bias) = layer.get_weights();</c></summary>
    /// <exception cref="ValueError">The number of arrays isn't two.</exception>
    public static void Deconstruct(this NDArray[] arrays, out NDArray first, out NDArray second)
    {
        RequireCount(arrays, 2);
        (first, second) = (arrays[0], arrays[1]);
    }

    /// <inheritdoc cref="Deconstruct(NDArray[], out NDArray, out NDArray)"/>
    public static void Deconstruct(this NDArray[] arrays, out NDArray first, out NDArray second, out NDArray third, out NDArray fourth)
    {
        RequireCount(arrays, 4);
        (first, second, third, fourth) = (arrays[0], arrays[1], arrays[2], arrays[3]);
    }

    private static void RequireCount(NDArray[] arrays, int count)
    {
        if (arrays.Length < count) throw new ValueError($"not enough values to unpack (expected {count}, got {arrays.Length})");
        if (arrays.Length > count) throw new ValueError($"too many values to unpack (expected {count})");
    }

    private static IEnumerable<Tensor> Rows(Tensor tensor)
    {
        foreach (var row in tensor) yield return row;
    }

    private static IEnumerable<NDArray> Rows(NDArray array)
    {
        int rows = array.ndim > 0 ? array.shape[0] : throw new ValueError("iteration over a 0-d array");
        return Enumerable.Range(0, rows).Select(i => array[i]);
    }
}
