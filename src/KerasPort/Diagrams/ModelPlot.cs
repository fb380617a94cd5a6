using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Diagrams;

/// <summary><c>keras.utils.plot_model</c>, drawn by this library rather than by Graphviz.</summary>
internal static class ModelPlot
{
    /// <summary>Saves the drawing as SVG or PNG, by the ending of the file's name.</summary>
    public static void Write(Model model, string to_file, LabelContent content, string rankdir, bool expand_nested, int dpi, string splines)
    {
        if (to_file is not { Length: > 0 }) throw new ValueError($"`to_file` must name a file. Received: to_file={PythonText.Repr(to_file)}");
        string ending = Path.GetExtension(to_file);
        var drawn = Of(model, content, rankdir, expand_nested, dpi, splines);
        if (ending is not ("" or ".png" or ".svg"))
            throw new ValueError($"A model is drawn as .png or .svg here. Received: to_file={PythonText.Repr(to_file)}");
        WholeFile.Write(to_file, drawn.create(format: ending == ".svg" ? "svg" : "png"), "the picture ");
    }

    /// <summary>The drawing of a model.</summary>
    public static ModelDot Of(Model model, LabelContent content, string rankdir, bool expand_nested, int dpi, string splines)
    {
        if (model is null) throw new ValueError("None values not supported: `plot_model` needs a model. Received: model=None");
        if (!model.built)
            throw new ValueError("This model has not yet been built. Build the model first by calling `build()` or by calling the model on a batch of data.");
        if (dpi is < 1 or > 2400) throw new ValueError($"`dpi` must be from 1 to 2400. Received: dpi={dpi}");
        if (splines != "ortho")
            throw new ValueError($"Edges are drawn with right angles here: `splines` must be 'ortho'. Received: splines={PythonText.Repr(splines)}");
        return new ModelDot(new ModelDiagram(model, content, new Flow(rankdir), expand_nested).Draw(), dpi, model.name);
    }
}
