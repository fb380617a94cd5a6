using KerasPort.Layers;

namespace KerasPort.Models;

/// <summary>Keras' paths of weights, <c>model/dense/kernel</c>: the layers that they lie in. Only a graph of layers goes without its name in front.</summary>
internal static class LayerPaths
{
    /// <summary>The path of each weight of a model, no two the same.</summary>
    public static Dictionary<Variable, string> Of(Model model)
    {
        var paths = new Dictionary<Variable, string>();
        var taken = new HashSet<string>();
        Walk(model, model is Functional ? "" : model.name + "/");
        return paths;

        void Walk(Layer layer, string prefix)
        {
            foreach (var inner in layer.Inner) Walk(inner, $"{prefix}{inner.name}/");
            foreach (var variable in layer.variables)
            {
                if (paths.ContainsKey(variable)) continue;
                string path = prefix + variable.name;
                for (int i = 1; !taken.Add(path); i++) path = $"{prefix}{variable.name}_{i}";
                paths[variable] = path;
            }
        }
    }
}
