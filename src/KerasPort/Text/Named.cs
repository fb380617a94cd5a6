using System.Reflection;
using KerasPort.Saving;

namespace KerasPort;

/// <summary>Objects by name, as in <c>compile(optimizer: "adam")</c>: a closed list for each kind.</summary>
internal static class Named
{
    /// <summary>Creates the object of that name; never another one in its place.</summary>
    /// <exception cref="ValueError">The name is unknown; the message lists the known ones.</exception>
    public static T Make<T>(string name, string kind, NameOf[] spellings, params IEnumerable<string> others) where T : class =>
        Default<T>(Find<T>(name, kind, spellings, others), null);

    /// <summary>Likewise, and the object gets that name.</summary>
    /// <exception cref="ValueError">The name is unknown; the message lists the known ones.</exception>
    public static T MakeCalled<T>(string name, string kind, NameOf[] spellings, params IEnumerable<string> others) where T : class =>
        Default<T>(Find<T>(name, kind, spellings, others), name);

    /// <summary>The name by which <see cref="Make"/> creates an object of a class; <c>null</c> if the class isn't one of this library's.</summary>
    public static string? Of<T>(Type type, NameOf spelling) => Classes<T>().Contains(type) ? spelling(type) : null;

    /// <summary>The name of a function, after which Keras names a loss; Python's &lt;lambda&gt; for one without a name.</summary>
    public static string Function(Delegate function)
    {
        // The compiler calls a function in a method <Method>g__Name|0_0 and a lambda <Method>b__0_0.
        string name = function.Method.Name;
        int local = name.IndexOf(">g__", StringComparison.Ordinal), end = name.LastIndexOf('|');
        return !name.Contains('<') ? name : local >= 0 && end > local ? name[(local + 4)..end] : "<lambda>";
    }

    // Plain loops find the one class that is asked for: tables of all would take a tenth of the time until the first batch, and queries half of that.
    private static Type Find<T>(string name, string kind, NameOf[] spellings, IEnumerable<string> others)
    {
        foreach (var type in KnownClasses.Of(typeof(T), type => Array.Exists(spellings, spelling => spelling(type) == name)))
            if (DefaultConstructor(type) is not null) return type;
        if (KnownClasses.Of(typeof(T), type => Aliases(type).Contains(name)) is [var called, ..]) return called;
        var known = Classes<T>().SelectMany(type => spellings.Select(spelling => spelling(type)).Concat(Aliases(type))).Distinct();
        throw new ValueError($"Could not interpret {kind} identifier: {name}. Expected one of: {string.Join(", ", known.Concat(others))}");
    }

    /// <summary>The public classes of a kind whose settings have defaults, found by reflection: a new class needs no registration.</summary>
    private static IEnumerable<Type> Classes<T>() =>
        KnownClasses.Of(typeof(T)).Where(type => DefaultConstructor(type) is not null).OrderBy(type => type.Name, StringComparer.Ordinal);

    public static string[] Aliases(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Names ?? [];

    private static ConstructorInfo? DefaultConstructor(Type type)
    {
        foreach (var constructor in type.GetConstructors())
            if (Array.TrueForAll(constructor.GetParameters(), p => p.HasDefaultValue)) return constructor;
        return null;
    }

    private static T Default<T>(Type type, string? called)
    {
        var constructor = DefaultConstructor(type)!;
        var values = Array.ConvertAll(constructor.GetParameters(), p => called is not null && p.Name == "name" ? called : p.DefaultValue);
        return (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, values, null);
    }
}

/// <summary>The name of a class in Keras: "relu" for Relu.</summary>
internal delegate string NameOf(Type type);

/// <summary>Further names of a class in Keras, besides its own in both spellings: "mse".</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class AliasAttribute(params string[] names) : Attribute
{
    public string[] Names => names;
}
