using System.Collections;
using System.Numerics;
using System.Text.Json.Nodes;

namespace KerasPort;

/// <content>The views of Python's dictionaries, <c>print(history.history.keys())</c>, and its functions of numbers.</content>
public static partial class Python
{
    /// <summary>The keys, in their order.</summary>
    public static DictionaryView<K> keys<K, V>(this IReadOnlyDictionary<K, V> map) => new("dict_keys", map.Keys);

    /// <summary>The values, in their order.</summary>
    public static DictionaryView<V> values<K, V>(this IReadOnlyDictionary<K, V> map) => new("dict_values", map.Values);

    /// <summary>The pairs: <c>foreach (var (key, value) in logs.items())</c>.</summary>
    public static DictionaryView<(K Key, V Value)> items<K, V>(this IReadOnlyDictionary<K, V> map) =>
        new("dict_items", map.Select(pair => (pair.Key, pair.Value)));

    /// <summary>The value of a key, or the type's default where the key is missing.</summary>
    public static V? get<K, V>(this IReadOnlyDictionary<K, V> map, K key) => map.TryGetValue(key, out var value) ? value : default;

    /// <summary>The value of a key, or <paramref name="default"/> where the key is missing.</summary>
    public static V get<K, V>(this IReadOnlyDictionary<K, V> map, K key, V @default) => map.TryGetValue(key, out var value) ? value : @default;

    /// <summary>
    /// The value of a key, which is set to <paramref name="default"/> first where it is missing: <c>history.setdefault("lr", []).append(lr)</c>.
    /// </summary>
    public static V setdefault<K, V>(this Dictionary<K, V> map, K key, V @default) where K : notnull => map.TryAdd(key, @default) ? @default : map[key];

    /// <summary>Removes a key and gives its value: <c>var labels = features.pop("target");</c>.</summary>
    /// <exception cref="ValueError">The key is missing.</exception>
    public static V pop<K, V>(this Dictionary<K, V> map, K key) where K : notnull =>
        map.Remove(key, out var value) ? value
        : throw new ValueError($"The dictionary has no key {PythonText.Repr(key)}. Its keys: {PythonText.Repr(map.Keys.ToList())}");

    /// <summary>Sets the keys of another dictionary to their values there.</summary>
    public static void update<K, V>(this Dictionary<K, V> map, IEnumerable<KeyValuePair<K, V>> other) where K : notnull
    {
        foreach (var (key, value) in other) map[key] = value;
    }

    /// <summary>The same of a configuration: <c>config.update(new() { ["units"] = 3 })</c>.</summary>
    public static void update(this JsonObject map, JsonObject other)
    {
        foreach (var (key, value) in other) map[key] = value?.DeepClone();
    }

    /// <summary>The smaller of two, of equal ones the first.</summary>
    public static T min<T>(T first, T second) where T : INumber<T> => second < first ? second : first;

    /// <summary>The larger of two, of equal ones the first.</summary>
    public static T max<T>(T first, T second) where T : INumber<T> => second > first ? second : first;

    /// <summary>The smaller of a pair: <c>min(plt.xlim())</c>.</summary>
    public static T min<T>((T First, T Second) pair) where T : INumber<T> => min(pair.First, pair.Second);

    /// <summary>The larger of a pair: <c>max(plt.xlim())</c>.</summary>
    public static T max<T>((T First, T Second) pair) where T : INumber<T> => max(pair.First, pair.Second);

    /// <summary>The smaller of two numbers from arrays, of equal ones the first.</summary>
    [OverloadResolutionPriority(-1)]
    public static NDArray min(NDArray first, NDArray second) => second < first ? second : first;

    /// <summary>The larger of two numbers from arrays, of equal ones the first.</summary>
    [OverloadResolutionPriority(-1)]
    public static NDArray max(NDArray first, NDArray second) => second > first ? second : first;

    /// <summary>The absolute value of a number.</summary>
    public static T abs<T>(T number) where T : INumber<T> => T.Abs(number);

    /// <summary>The sum of numbers.</summary>
    public static T sum<T>(IEnumerable<T> numbers) where T : INumber<T> => numbers.Aggregate(T.Zero, (total, number) => total + number);

    /// <summary>The number rounded to <paramref name="ndigits"/> decimals, ties to even.</summary>
    public static double round(double number, int ndigits) =>
        double.IsFinite(number) ? double.Parse(PythonFormatSpecifier.Apply(number, $".{ndigits}f"), System.Globalization.CultureInfo.InvariantCulture) : number;

    /// <summary>The nearest integer; a half is rounded to the even one.</summary>
    public static long round(double number) => (long)Math.Round(number);

    /// <summary>The nearest integer to an array's only number; a half is rounded to the even one.</summary>
    public static long round(NDArray number) => round((double)number);

    /// <summary>An array's only number, rounded to <paramref name="ndigits"/> decimals.</summary>
    public static NDArray round(NDArray number, int ndigits) => number.round(ndigits);

    /// <summary>Returns the number: in Python, counts such as <c>optimizer.iterations</c> are variables, read by <c>optimizer.iterations.numpy()</c>.</summary>
    public static long numpy(this long count) => count;

    /// <summary>Ends the program with an error unless the condition holds: Python's <c>assert</c>.</summary>
    /// <exception cref="AssertionError">The condition doesn't hold.</exception>
    public static void assert(bool condition, string message = "")
    {
        if (!condition) throw new AssertionError(message);
    }

    /// <summary>The keys, values or pairs of a dictionary, which prints as Python's does.</summary>
    public sealed class DictionaryView<T> : IEnumerable<T>, IPythonText
    {
        private readonly string _name;
        private readonly IEnumerable<T> _items;

        internal DictionaryView(string name, IEnumerable<T> items) => (_name, _items) = (name, items);

        double? IPythonText.Number => null;

        /// <inheritdoc/>
        public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>As Python prints it: <c>dict_keys(['loss'])</c>.</summary>
        public override string ToString() => $"{_name}({PythonText.Repr(_items.Cast<object?>().ToList())})";
    }
}
