using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using KerasPort.Activations;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Tests.Surface;

/// <summary>The facade's public names compared with Keras' (<c>keras-api.json</c>): which exist, and in which parameters they differ.</summary>
internal sealed class KerasSurface
{
    private const string MethodsOf = "methods of ";

    /// <summary>The required arguments of a call that only reads the defaults of the others.</summary>
    private static readonly Dictionary<Type, object> s_any = new()
    {
        [typeof(int)] = 2, [typeof(double)] = 0.5, [typeof(long)] = 2L, [typeof(string)] = "any", [typeof(Shape)] = (Shape)2, [typeof(int[])] = new[] { 1 },
        [typeof(double[])] = new[] { 0.5 }, [typeof(NDArray)] = (NDArray)0.5, [typeof(ActivationFunction)] = (ActivationFunction)"relu",
        [typeof(Factor)] = (Factor)1,
    };

    private static readonly Lazy<KerasSurface> s_here = new(() => new KerasSurface());

    private readonly Dictionary<string, object> _modules = [];

    private KerasSurface()
    {
        Add("keras", Python.keras);
        foreach (var module in JsonDocument.Parse(Fixtures.Text("keras-api.json")).RootElement.EnumerateObject())
        {
            if (module.Name == "text") Text = Texts(module.Value);
            else if (module.Name.StartsWith(MethodsOf, StringComparison.Ordinal)) AddMethods(module.Name[MethodsOf.Length..], module.Value);
            else AddModule(module.Name, module.Value);
        }

        void Add(string name, object module)
        {
            // keras.ops is also keras.ops.nn.
            bool isKnown = _modules.ContainsValue(module);
            _modules[name] = module;
            if (isKnown) return;
            foreach (var inner in module.GetType().GetProperties().Where(p => p.PropertyType.Name.EndsWith("Module", StringComparison.Ordinal)))
                Add($"{name}.{inner.Name}", inner.GetValue(module)!);
        }
    }

    /// <summary>The surface of this library.</summary>
    public static KerasSurface Here => s_here.Value;

    /// <summary>By module: each name of Keras, and whether it exists here.</summary>
    public List<(string Module, List<(string Name, bool IsHere)> Names)> Modules { get; } = [];

    /// <summary>By kind: each name that Keras accepts as text, and whether it is accepted here.</summary>
    public List<(string Module, List<(string Name, bool IsHere)> Names)> Text { get; } = [];

    /// <summary>Parameters that differ from Keras': of which member, which parameter, and how.</summary>
    public List<(string Of, string Parameter, string How)> Differences { get; } = [];

    private void AddModule(string module, JsonElement names)
    {
        var found = new List<(string, bool)>();
        foreach (var name in names.EnumerateObject())
        {
            var methods = Methods(_modules.GetValueOrDefault(module)?.GetType(), name.Name);
            bool isHere = methods.Length > 0 || Property(module, name.Name) is not null || BaseClass(module, name.Name) is not null;
            found.Add((name.Name, isHere));
            if (methods.Length > 0 && name.Value.ValueKind == JsonValueKind.Object) Compare($"{module}.{name.Name}", _modules[module], methods, name.Value);
        }
        Modules.Add((module, found));
    }

    private void AddMethods(string of, JsonElement names)
    {
        var type = of == "keras.Sequential" ? typeof(KerasPort.Models.Sequential) : typeof(KerasPort.Models.Model);
        var found = new List<(string, bool)>();
        foreach (var name in names.EnumerateObject())
        {
            var methods = Methods(type, name.Name);
            found.Add((name.Name, methods.Length > 0));
            if (methods.Length > 0) Compare($"{of}.{name.Name}", null, methods, name.Value);
        }
        Modules.Add((of, found));
    }

    private static MethodInfo[] Methods(Type? type, string name) => [.. (type?.GetMethods() ?? []).Where(m => m.Name == name)];

    private PropertyInfo? Property(string module, string name) => _modules.GetValueOrDefault(module)?.GetType().GetProperty(name);

    /// <summary>A class that programs derive from, or that functions return: such classes are known by their name alone.</summary>
    private static Type? BaseClass(string module, string name) => typeof(Python).Assembly.GetExportedTypes().FirstOrDefault(type => type.Name == name
        && type.Namespace!.StartsWith("KerasPort", StringComparison.Ordinal)
        && (module == "keras" || type.Namespace.EndsWith(module[(module.LastIndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase)));

    /// <summary>Adds the differences between Keras' signature and the nearest overload.</summary>
    private void Compare(string of, object? target, MethodInfo[] overloads, JsonElement keras) =>
        Differences.AddRange(overloads.Select(method => DifferencesOf(of, target, method, keras)).MinBy(all => all.Count)!);

    private static List<(string, string, string)> DifferencesOf(string of, object? target, MethodInfo method, JsonElement keras)
    {
        var differences = new List<(string, string, string)>();
        var ours = method.GetParameters();
        string[] theirs = [.. keras.EnumerateObject().Select(p => p.Name)];
        foreach (string missing in theirs.Except(ours.Select(p => p.Name!)))
            if (!HasOneValue(method.ReturnType, missing)) differences.Add((of, missing, "is not there"));
        foreach (var own in ours.Where(p => !theirs.Contains(p.Name)))
            differences.Add((of, own.Name!, "is not Keras'"));
        string[] common = [.. theirs.Intersect(ours.Select(p => p.Name!))];
        string[] order = [.. ours.Select(p => p.Name!).Where(theirs.Contains)];
        foreach (var (wanted, found) in common.Zip(order))
            if (wanted != found)
            {
                differences.Add((of, found, $"comes where Keras has {wanted}"));
                break;
            }
        object? made = null;
        foreach (var parameter in ours.Where(p => theirs.Contains(p.Name)))
        {
            var wanted = keras.GetProperty(parameter.Name!);
            if (DefaultDiffers(parameter, wanted, () => made ??= Made(target, method)) is { } how) differences.Add((of, parameter.Name!, how));
        }
        return differences;
    }

    /// <summary>Whether the class allows only one value of a setting, which files may name but programs need not.</summary>
    private static bool HasOneValue(Type type, string setting) => type.IsClass && OnlySettings.Of(type).ContainsKey(setting);

    private static string? DefaultDiffers(ParameterInfo ours, JsonElement theirs, Func<object?> made)
    {
        bool isRequired = theirs.ValueKind == JsonValueKind.String && theirs.GetString() == "(required)";
        if (isRequired || !ours.HasDefaultValue)
            return isRequired == !ours.HasDefaultValue ? null : isRequired ? "may be left out" : $"is required, not {theirs.GetRawText()} by default";
        var type = ours.ParameterType;
        object? value = ours.DefaultValue ?? (type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null);
        string wanted = theirs.ValueKind == JsonValueKind.String ? theirs.GetString()! : theirs.GetRawText();
        if (value is InitialValues) value = null;
        if (value is null && theirs.ValueKind == JsonValueKind.Null) return null;
        // A default that isn't a C# constant isn't in the signature: the created object's property is compared.
        if (value is null) value = made() is { } of && of.GetType().GetProperty(ours.Name!) is { } property ? property.GetValue(of) : null;
        return Said(value, wanted) ? null : $"is {Spelled(value)} by default, not {wanted}";
    }

    private static object? Made(object? target, MethodInfo method)
    {
        try
        {
            return target is null || method.ContainsGenericParameters ? null
                : method.Invoke(target, [.. method.GetParameters().Select(p => p.HasDefaultValue ? Type.Missing : s_any.GetValueOrDefault(p.ParameterType))]);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static bool Said(object? value, string wanted) => value switch
    {
        null => wanted == "null",
        bool flag => wanted == (flag ? "true" : "false"),
        LearningRate rate => double.TryParse(wanted, CultureInfo.InvariantCulture, out double number) && (float)number == (float)rate.Value,
        double or float or int or long => double.TryParse(wanted, CultureInfo.InvariantCulture, out double number)
            && number == Convert.ToDouble(value, CultureInfo.InvariantCulture),
        string text => text == wanted,
        KerasPort.Training.Shuffle rows => wanted == rows.ToString().ToLowerInvariant(),
        NDArray { ndim: 0 } number => Said(number.item(), wanted),
        Padding2D(var (above, below), var (left, right)) => above == below && left == right && Said((above, left), wanted),
        (int a, int b) => wanted == $"({a}, {b})" || (a == b && wanted == $"{a}"),
        Factor { IsOne: false } range => wanted == $"({range.First}, {range.Second})",
        Shape shape => wanted == shape.ToString() || (shape.Distinct().Count() == 1 && wanted == $"{shape[0]}"),
        ActivationFunction function => wanted == (function.KerasName == "linear" ? "null" : function.KerasName) || wanted == function.KerasName,
        Initializer initializer => wanted == Names.SnakeCase(initializer.GetType()) || wanted == initializer.GetType().Name
            || (wanted == "uniform" && initializer is RandomUniform),
        IEnumerable<int> numbers when wanted == string.Join(", ", numbers) => true,
        _ => wanted == Spelled(value) || wanted == value.ToString(),
    };

    private static string Spelled(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>())}]",
        _ => PythonText.Str(value),
    };

    private static List<(string, List<(string, bool)>)> Texts(JsonElement kinds)
    {
        var bases = new[] { typeof(ActivationFunction), typeof(Initializer), typeof(Loss), typeof(Metric), typeof(Optimizer), typeof(Regularizer) }
            .Concat(typeof(Python).Assembly.GetExportedTypes().Where(type => type.Name == "Constraint"));
        var all = new List<(string, List<(string, bool)>)>();
        foreach (var kind in kinds.EnumerateObject())
        {
            var type = bases.FirstOrDefault(type => type.Name.StartsWith(kind.Name, StringComparison.OrdinalIgnoreCase));
            var read = type?.GetMethods().FirstOrDefault(m =>
                m.Name == "op_Implicit" && m.ReturnType == type && m.GetParameters()[0].ParameterType == typeof(string));
            // The name of a base class gives an object that refuses to be used, and so does the name of a function of numbers that must be given.
            var names = kind.Value.EnumerateArray().Where(name => !name.GetString()!.Equals(kind.Name, StringComparison.OrdinalIgnoreCase)
                && (kind.Name, name.GetString()) != ("activation", "threshold"));
            all.Add((kind.Name, [.. names.Select(name => (name.GetString()!, read is not null && IsTaken(read, name.GetString()!)))]));
        }
        return all;
    }

    private static bool IsTaken(MethodInfo read, string name)
    {
        try
        {
            return read.Invoke(null, [name]) is not null;
        }
        catch (TargetInvocationException e) when (e.InnerException is ValueError)
        {
            return false;
        }
    }
}
