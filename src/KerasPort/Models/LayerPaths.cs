using KerasPort.Layers;

namespace KerasPort.Models;

/// <summary>Keras' paths of weights, <c>model/dense/kernel</c>: the names of the layers around them. A functional model's own name is left out.</summary>
internal static class LayerPaths
{
    /// <summary>The path of each weight of a model, made unique by a suffix.</summary>
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
