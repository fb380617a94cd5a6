using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Xunit;

namespace KerasPort.TensorFlow.Tests;

/// <summary>
/// The surface is TensorFlow.NET's: code that compiles against it compiles against the real library. Checked where
/// KERASPORT_TENSORFLOW names a folder with Tensorflow.Binding.dll and Tensorflow.Keras.dll, such as the tool's output when built
/// with -p:TensorFlow=cpu.
/// </summary>
public sealed class SurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const BindingFlags Inherited =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    [Fact]
    public void Every_signature_is_the_real_librarys()
    {
        string? folder = Environment.GetEnvironmentVariable("KERASPORT_TENSORFLOW");
        Assert.SkipWhen(string.IsNullOrEmpty(folder),
            "Needs TensorFlow.NET's assemblies (KERASPORT_TENSORFLOW names a folder with them, such as the tool's output when built with -p:TensorFlow=cpu).");
        var context = new AssemblyLoadContext("TensorFlow.NET");
        context.Resolving += (_, name) => File.Exists(Dll(name.Name!)) ? context.LoadFromAssemblyPath(Dll(name.Name!)) : null;
        Assembly[] real = [context.LoadFromAssemblyPath(Dll("Tensorflow.Binding")), context.LoadFromAssemblyPath(Dll("Tensorflow.Keras"))];
        string Dll(string name) => Path.GetFullPath(Path.Combine(folder!, name + ".dll"));

        var missing = new List<string>();
        int checkedMembers = 0;
        foreach (var type in typeof(SurfaceTests).Assembly.GetTypes().Where(t => t.IsPublic && t.Namespace!.StartsWith("Tensorflow", StringComparison.Ordinal)))
        {
            var counterpart = real.Select(assembly => assembly.GetType(type.FullName!)).FirstOrDefault(t => t is not null);
            if (counterpart is null)
            {
                missing.Add(type.FullName!);
                continue;
            }
            var candidates = (IEnumerable<MethodBase>)[.. WithInterfaces(counterpart).SelectMany(t => t.GetMethods(Inherited)),
                .. counterpart.GetConstructors(Declared)];
            foreach (var member in ((IEnumerable<MethodBase>)[.. type.GetMethods(Declared), .. type.GetConstructors(Declared)]).Where(IsSurface))
            {
                checkedMembers++;
                if (!candidates.Any(candidate => Takes(candidate, member))) missing.Add($"{type.FullName}: {member}");
            }
        }
        Assert.True(missing.Count == 0, string.Join("\n", missing));
        Assert.True(checkedMembers > 60, $"Only {checkedMembers} members were found.");
    }

    /// <summary>The members that the engine can see. A constructor that nobody calls exists for C#'s sake.</summary>
    private static bool IsSurface(MethodBase member) =>
        (member.IsPublic || member.IsFamily) && !member.IsDefined(typeof(CompilerGeneratedAttribute)) | member.IsSpecialName
        && (member is MethodInfo || member.GetParameters().Length > 0);

    private static IEnumerable<Type> WithInterfaces(Type type) => [type, .. type.IsInterface ? type.GetInterfaces() : []];

    /// <summary>
    /// Whether a call to the surface's method is a call to the candidate: its parameters are there in the same order, any others are optional.
    /// </summary>
    private static bool Takes(MethodBase candidate, MethodBase surface)
    {
        if (candidate.Name != surface.Name || candidate.IsStatic != surface.IsStatic || !(candidate.IsPublic || candidate.IsFamily)) return false;
        if (surface is MethodInfo { ReturnType: var returns } && Name(((MethodInfo)candidate).ReturnType) != Name(returns)) return false;
        var wanted = new Queue<ParameterInfo>(surface.GetParameters());
        foreach (var parameter in candidate.GetParameters())
        {
            if (wanted.TryPeek(out var next) && next.Name == parameter.Name && Name(next.ParameterType) == Name(parameter.ParameterType)
                && (parameter.IsOptional || !next.IsOptional)) wanted.Dequeue();
            else if (!parameter.IsOptional) return false;
        }
        return wanted.Count == 0;
    }

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join(",", type.GetGenericArguments().Select(Name))}>"
        : type.FullName ?? type.Name;
}
