using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Diagrams;

/// <summary>A model's layers as boxes and the tensors between them as edges. A model among them is a box, or is expanded within a frame.</summary>
internal sealed class ModelDiagram
{
    private const double Margin = 8, ClusterPadding = 14, ClusterName = 24, NameSize = 14, ArrowLength = 11, ArrowHalf = 4.5;

    private readonly Model _model;
    private readonly Flow _flow;
    private readonly LabelContent _content;
    private readonly bool _expands;
    private readonly Dictionary<Layer, Part> _parts = [];
    private readonly List<LayoutEdge> _edges = [];
    private readonly List<(LayoutBox From, int Exit)> _outputs = [];
    private readonly List<(LayoutBox To, int Entry)> _inputs = [];
    private readonly LayoutBox[] _entries = [], _exits = [];
    private readonly LayeredLayout _layout;

    /// <param name="model">The model, built.</param>
    /// <param name="content">The properties of layers that are shown.</param>
    /// <param name="flow">The direction.</param>
    /// <param name="expands">Whether models among the layers are expanded.</param>
    public ModelDiagram(Model model, LabelContent content, Flow flow, bool expands) : this(model, content, flow, expands, isCluster: false) { }

    private ModelDiagram(Model model, LabelContent content, Flow flow, bool expands, bool isCluster)
    {
        (_model, _content, _flow, _expands) = (model, content, flow, expands);
        if (model is Sequential) Chain(model.layers);
        else if (!IsExpanded(model)) Add(model);
        else Connect(model.Graph!);
        if (isCluster)
        {
            _entries = [.. _inputs.Distinct().Select(_ => new LayoutBox(0, 0) { End = ClusterEnd.Entry })];
            _exits = [.. _outputs.Distinct().Select(_ => new LayoutBox(0, 0) { End = ClusterEnd.Exit })];
            foreach (var (i, (to, entry)) in _inputs.Distinct().Index()) _edges.Add(new LayoutEdge(_entries[i], 0, to, entry));
            foreach (var (i, (from, exit)) in _outputs.Distinct().Index()) _edges.Add(new LayoutEdge(from, exit, _exits[i], 0));
        }
        _layout = new LayeredLayout([.. _parts.Values.Select(part => part.Box), .. _entries, .. _exits], _edges);
    }

    /// <summary>The whole picture.</summary>
    public Drawing Draw()
    {
        var marks = new List<Mark>();
        double width = _layout.Width + 2 * Margin, height = _layout.Height + 2 * Margin;
        Draw(marks, Margin, Margin, height);
        var (w, h) = _flow.Turned(width, height);
        return new Drawing(w, h, marks);
    }

    /// <summary>Whether a model is expanded: as in Keras, a derived class with its own call is a single box.</summary>
    private static bool IsExpanded(Model model) => model is Sequential || (!model.HasCallOfItsOwn && model.Graph is not null);

    private Part Add(Layer layer)
    {
        if (_parts.TryGetValue(layer, out var known)) return known;
        if (_expands && layer != _model && layer is Model { built: true } inner && IsExpanded(inner))
        {
            var diagram = new ModelDiagram(inner, _content, _flow, _expands, isCluster: true);
            return _parts[layer] = new Part(diagram.Frame(), null, diagram);
        }
        var label = new LayerLabel(layer, _content);
        var (width, height) = _flow.Turned(label.Width, label.Height);
        return _parts[layer] = new Part(new LayoutBox(width, height), label, null);
    }

    private void Chain(IReadOnlyList<Layer> layers)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            Add(layers[i]);
            if (i > 0) Join(layers[i - 1], 0, layers[i], 0);
        }
        if (layers.Count == 0) return;
        _inputs.Add((_parts[layers[0]].Box, _parts[layers[0]].EntryOf(0)));
        _outputs.Add((_parts[layers[^1]].Box, _parts[layers[^1]].ExitOf(0)));
    }

    private void Connect(LayerGraph graph)
    {
        foreach (var layer in graph.Operations) Add(layer);
        var own = graph.Calls.ToHashSet();
        var given = graph.Inputs.Select(x => x.Call!).ToHashSet();
        foreach (var call in graph.Calls.Where(call => !given.Contains(call)))
        {
            foreach (var (i, x) in call.Inputs.Index())
                if (own.Contains(x.Call!)) Join(x.Call!.Layer, Array.IndexOf(x.Call.Outputs, x), call.Layer, i);
        }
        foreach (var x in graph.Inputs) _inputs.Add((_parts[x.Call!.Layer].Box, 0));
        foreach (var x in graph.Outputs) _outputs.Add((_parts[x.Call!.Layer].Box, _parts[x.Call.Layer].ExitOf(Array.IndexOf(x.Call.Outputs, x))));
    }

    private void Join(Layer from, int output, Layer to, int input)
    {
        var (source, target) = (_parts[from], _parts[to]);
        var edge = new LayoutEdge(source.Box, source.ExitOf(output), target.Box, target.EntryOf(input));
        if (!_edges.Exists(other => other.From == edge.From && other.Exit == edge.Exit && other.To == edge.To && other.Entry == edge.Entry)) _edges.Add(edge);
    }

    /// <summary>The margins between a frame and its content, by the sides of the layout; the name is above the content in the drawing.</summary>
    private (double Left, double Top, double Right, double Bottom) Insets()
    {
        var (left, top, right, bottom) = (ClusterPadding, ClusterPadding, ClusterPadding, ClusterPadding);
        if (_flow.IsSideways) left += ClusterName;
        else if (_flow.IsBackwards) bottom += ClusterName;
        else top += ClusterName;
        // The name may be wider than the content of the frame.
        double name = TextWidth.Of(_model.name, NameSize, false) + 2 * ClusterPadding;
        if (_flow.IsSideways) bottom = Math.Max(bottom, name - top - _layout.Height);
        else right = Math.Max(right, name - left - _layout.Width);
        return (left, top, right, bottom);
    }

    private LayoutBox Frame()
    {
        var (left, top, right, bottom) = Insets();
        return new LayoutBox(left + _layout.Width + right, top + _layout.Height + bottom)
        {
            Entries = [.. _entries.Select(end => left + end.Middle)],
            Exits = [.. _exits.Select(end => left + end.Middle)],
        };
    }

    private void Draw(List<Mark> marks, double left, double top, double whole)
    {
        foreach (var edge in _edges)
        {
            (double X, double Y)[] points = [.. edge.Points.Select(p => (p.X + left, p.Y + top))];
            var (box, from) = (edge.To, edge.From);
            // Within a frame, an edge is extended to the frame.
            var (_, above, _, below) = Insets();
            if (from.End == ClusterEnd.Entry) points = [(points[0].X, points[0].Y - above), .. points];
            bool goesOn = box.End == ClusterEnd.Exit || box.Entries is not null;
            if (box.End == ClusterEnd.Exit) points = [.. points, (points[^1].X, points[^1].Y + below)];
            marks.AddRange(Line([.. points.Select(p => _flow.Drawn(p, whole))], !goesOn));
        }
        foreach (var (box, label, inner) in _parts.Values)
        {
            var (a, b) = (_flow.Drawn((left + box.Left, top + box.Top), whole), _flow.Drawn((left + box.Right, top + box.Bottom), whole));
            var (x, y) = (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y));
            if (label is not null) marks.AddRange(label.Draw(x, y));
            if (inner is null) continue;
            marks.Add(new BoxMark(x, y, Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y), "black", IsDashed: true));
            string name = inner._model.name;
            marks.Add(new TextMark(x + ClusterPadding, y + NameSize + 6, name, NameSize, false, "black", TextWidth.Of(name, NameSize, false)));
            var (insetLeft, insetTop, _, _) = inner.Insets();
            inner.Draw(marks, left + box.Left + insetLeft, top + box.Top + insetTop, whole);
        }
    }

    private static IEnumerable<Mark> Line((double X, double Y)[] points, bool hasHead)
    {
        if (!hasHead)
        {
            yield return new LineMark(points);
            yield break;
        }
        var (end, before) = (points[^1], points[^2]);
        double length = Math.Max(1e-9, Math.Abs(end.X - before.X) + Math.Abs(end.Y - before.Y));
        double dx = (end.X - before.X) / length, dy = (end.Y - before.Y) / length;
        var neck = (X: end.X - dx * ArrowLength, Y: end.Y - dy * ArrowLength);
        yield return new LineMark([.. points[..^1], neck]);
        yield return new AreaMark([end, (neck.X - dy * ArrowHalf, neck.Y + dx * ArrowHalf), (neck.X + dy * ArrowHalf, neck.Y - dx * ArrowHalf)]);
    }

    /// <summary>A layer in the layout: a label, or a frame around a model's layers.</summary>
    private sealed record Part(LayoutBox Box, LayerLabel? Label, ModelDiagram? Inner)
    {
        public int EntryOf(int input) => Inner is null ? 0 : Inner._inputs.Distinct().ToList().IndexOf(Inner._inputs[input]);

        public int ExitOf(int output) => Inner is null ? 0 : Inner._outputs.Distinct().ToList().IndexOf(Inner._outputs[output]);
    }
}
