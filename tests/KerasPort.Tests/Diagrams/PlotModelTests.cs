using System.Xml.Linq;
using KerasPort.Models;
using KerasPort.Pictures;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Diagrams;

/// <summary>Pictures of models.</summary>
public sealed class PlotModelTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private readonly string _folder = Directory.CreateTempSubdirectory("plot-model").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_box_says_what_Keras_says_of_a_layer()
    {
        var model = keras.Sequential([keras.Input(shape: (28, 28, 1)), keras.layers.Conv2D(32, 3, activation: "relu", name: "first"),
            keras.layers.Flatten(name: "flat")]);
        Assert.Equal(["Conv2D", "Flatten"], Words(model, []));
        Assert.Equal(["first", " (Conv2D)", "Activation: ", "relu", "Input shape: ", "(None, 28, 28, 1)", "Output shape: ", "(None, 26, 26, 32)",
            "Output dtype: ", "float32", "Trainable", "flat", " (Flatten)", "Input shape: ", "(None, 26, 26, 32)", "Output shape: ", "(None, 21632)",
            "Output dtype: ", "float32"], Words(model, ["shapes", "dtype", "names", "activations", "trainable"]));
        model.layers[0].trainable = false;
        Assert.Contains("Non-trainable", Words(model, ["trainable"]));
    }

    [Fact]
    public void Inputs_are_boxes_of_a_graph_and_several_shapes_stand_in_brackets()
    {
        Assert.Equal(["InputLayer", "Output shape: ", "(None, 3)", "InputLayer", "Output shape: ", "(None, 3)", "Add",
            "Input shape: ", "[(None, 3), (None, 3)]",
            "Output shape: ", "(None, 3)", "Dense", "Input shape: ", "(None, 3)", "Output shape: ", "(None, 2)"], Words(TwoInputs(), ["shapes"]));
    }

    [Fact]
    public void Of_a_layer_that_is_applied_twice_there_is_one_box_that_knows_no_one_shape()
    {
        var x = keras.Input(shape: 3);
        var shared = keras.layers.Dense(3);
        Assert.Equal(["Dense", "Input shape: ", "?", "Output shape: ", "?"],
            Words(keras.Model(x, shared.Apply(shared.Apply(x))), ["shapes"])[3..]);
    }

    [Fact]
    public void A_model_in_a_model_is_a_box_or_a_frame_around_its_layers()
    {
        var inner = TwoInputs();
        var (a, b) = (keras.Input(shape: 3), keras.Input(shape: 3));
        var outer = keras.Model([a, b], keras.layers.Dense(1).Apply(inner.Apply([a, b])));
        Assert.Equal(["InputLayer", "InputLayer", "Functional", "Dense"], Words(outer, []));
        var drawn = Svg(outer, expand_nested: true);
        Assert.Equal(["InputLayer", "InputLayer", inner.name, "InputLayer", "InputLayer", "Add", "Dense", "Dense"],
            drawn.Descendants(s_svg + "text").Select(t => t.Value));
        var frame = Assert.Single(drawn.Descendants(s_svg + "rect"), rect => rect.Attribute("stroke-dasharray") is not null);
        var (left, top, right, bottom) = Sides(frame);
        var boxes = drawn.Descendants(s_svg + "rect").Where(rect => (string?)rect.Attribute("fill") == "black").Select(Sides).ToArray();
        Assert.Equal(7, boxes.Length);
        Assert.Equal(4, boxes.Count(box => box.Left > left && box.Right < right && box.Top > top && box.Bottom < bottom));
        // One arrowhead per end at a layer: four in the frame, and one after it.
        Assert.Equal(6, drawn.Descendants(s_svg + "polygon").Count());
    }

    [Theory]
    [InlineData("TB", 0, 1)]
    [InlineData("BT", 0, -1)]
    [InlineData("LR", 1, 0)]
    [InlineData("RL", -1, 0)]
    public void It_goes_where_rankdir_says(string rankdir, int right, int down)
    {
        var boxes = Svg(keras.Sequential([keras.Input(shape: 4), keras.layers.Dense(3), keras.layers.Dense(2)]), rankdir: rankdir)
            .Descendants(s_svg + "rect").Where(rect => (string?)rect.Attribute("fill") == "black").Select(Sides).ToArray();
        Assert.Equal((right, down), (Math.Sign(Math.Round(boxes[1].Left - boxes[0].Left)), Math.Sign(Math.Round(boxes[1].Top - boxes[0].Top))));
    }

    [Fact]
    public void Words_fit_into_their_boxes()
    {
        var drawn = Svg(TwoInputs(), ["shapes", "dtype", "names", "activations", "trainable"]);
        var boxes = drawn.Descendants(s_svg + "rect").Where(rect => (string?)rect.Attribute("fill") == "black").Select(Sides).ToArray();
        foreach (var text in drawn.Descendants(s_svg + "text"))
        {
            double x = (double)text.Attribute("x")!, y = (double)text.Attribute("y")!, width = (double)text.Attribute("textLength")!;
            Assert.Contains(boxes, box => box.Left < x && x + width < box.Right && box.Top < y && y < box.Bottom);
        }
    }

    [Fact]
    public void A_png_has_the_size_and_the_colours_of_the_drawing()
    {
        var model = keras.Sequential([keras.Input(shape: 4), keras.layers.Dense(3)]);
        string file = Path.Combine(_folder, "model.png");
        keras.utils.plot_model(model, file, show_shapes: true, show_trainable: true, dpi: 144);
        var image = PictureCodec.Open("plot_model").Read(file);
        var svg = Svg(model, ["shapes", "trainable"]).Root!;
        Assert.Equal((2 * Points(svg, 2), 2 * Points(svg, 3)), ((double)image.width, (double)image.height));
        int[] Pixel(int x, int y) => [.. image.WithChannels(3).Pixels.AsSpan(3 * (y * image.width + x), 3).ToArray().Select(v => (int)v)];
        Assert.Equal([255, 255, 255], Pixel(2, 2));
        Assert.Equal([0, 0, 0], Pixel(image.width / 2, 24));
        Assert.Equal([34, 139, 34], Pixel(image.width - 24, image.height - 24));
        // Letters, in an otherwise white box.
        int dark = Enumerable.Range(40, image.width / 3).Count(x => Pixel(x, image.height - 54)[0] < 128);
        Assert.InRange(dark, 5, image.width / 4);
    }

    [Fact]
    public void What_is_not_there_is_refused_by_name_and_nothing_is_written()
    {
        var model = TwoInputs();
        Refused("`rankdir` must be 'TB', 'BT', 'LR' or 'RL'. Received: rankdir='DOWN'", () => keras.utils.plot_model(model, In("a.svg"), rankdir: "DOWN"));
        Refused("`splines` must be 'ortho'. Received: splines='curved'", () => keras.utils.plot_model(model, In("a.svg"), splines: "curved"));
        Refused("A model is drawn as .png or .svg here.", () => keras.utils.plot_model(model, In("a.pdf")));
        Refused("`dpi` must be from 1 to 2400. Received: dpi=0", () => keras.utils.plot_model(model, In("a.png"), dpi: 0));
        Refused("This model has not yet been built.", () => keras.utils.plot_model(keras.Sequential([keras.layers.Dense(1)]), In("a.svg")));
        Refused("give a smaller `dpi`", () => keras.utils.plot_model(
            keras.Sequential([keras.Input(shape: 1), .. Enumerable.Range(0, 10).Select(_ => keras.layers.Dense(1))]), In("a.png"),
                show_shapes: true, dpi: 2400));
        Assert.Empty(Directory.GetFiles(_folder));

        string In(string name) => Path.Combine(_folder, name);
    }

    private static Model TwoInputs()
    {
        var (a, b) = (keras.Input(shape: 3), keras.Input(shape: 3));
        return keras.Model([a, b], keras.layers.Dense(2).Apply(keras.layers.add([a, b])));
    }

    private string[] Words(Model model, string[] shown) => [.. Svg(model, shown).Descendants(s_svg + "text").Select(text => text.Value)];

    private XDocument Svg(Model model, string[]? shown = null, bool expand_nested = false, string rankdir = "TB")
    {
        string file = Path.Combine(_folder, "model.svg");
        bool Has(string what) => shown?.Contains(what) == true;
        keras.utils.plot_model(model, file, Has("shapes"), Has("dtype"), Has("names"), rankdir, expand_nested, 72, Has("activations"), Has("trainable"));
        var drawn = XDocument.Load(file, LoadOptions.PreserveWhitespace);
        File.Delete(file);
        return drawn;
    }

    private static double Points(XElement svg, int side) => Math.Ceiling(2 * double.Parse(((string)svg.Attribute("viewBox")!).Split(' ')[side],
        System.Globalization.CultureInfo.InvariantCulture)) / 2;

    private static (double Left, double Top, double Right, double Bottom) Sides(XElement rect)
    {
        double x = (double)rect.Attribute("x")!, y = (double)rect.Attribute("y")!;
        return (x, y, x + (double)rect.Attribute("width")!, y + (double)rect.Attribute("height")!);
    }
}
