using CsCheck;
using KerasPort.Diagrams;

namespace KerasPort.Tests.Diagrams;

/// <summary>Properties of every graph's layout.</summary>
public class LayeredLayoutTests
{
    private static readonly Gen<(int Boxes, (int From, int To)[] Pairs, int Seed)> s_graphs =
        Gen.Int[1, 14].SelectMany(boxes => Gen.Select(Gen.Const(boxes), Gen.Select(Gen.Int[0, boxes - 1], Gen.Int[0, boxes - 1]).Array[0, 24], Gen.Int));

    [Fact]
    public void Boxes_never_overlap_and_lie_within_the_picture() => s_graphs.Sample(graph =>
    {
        var (boxes, _, layout) = Laid(graph, isAcyclic: false);
        for (int i = 0; i < boxes.Length; i++)
        {
            var a = boxes[i];
            Assert.True(a.Left > -0.01 && a.Top > -0.01 && a.Right < layout.Width + 0.01 && a.Bottom < layout.Height + 0.01);
            foreach (var b in boxes[..i])
                Assert.True(a.Right < b.Left || b.Right < a.Left || a.Bottom < b.Top || b.Bottom < a.Top, $"{i} overlaps another box");
        }
    });

    [Fact]
    public void Without_circles_every_edge_goes_down_from_its_box_to_the_other_at_right_angles() => s_graphs.Sample(graph =>
    {
        foreach (var edge in Laid(graph, isAcyclic: true).Edges)
        {
            var (first, last) = (edge.Points[0], edge.Points[^1]);
            Assert.True(first.X >= edge.From.Left && first.X <= edge.From.Right && Math.Abs(first.Y - edge.From.Bottom) < 0.01);
            Assert.True(last.X >= edge.To.Left && last.X <= edge.To.Right && Math.Abs(last.Y - edge.To.Top) < 0.01);
            foreach (var (a, b) in edge.Points.Zip(edge.Points.Skip(1)))
            {
                Assert.True(b.Y >= a.Y);
                Assert.True(Math.Abs(a.X - b.X) < 0.6 || Math.Abs(a.Y - b.Y) < 0.01, $"{a} to {b} is slanted");
            }
        }
    });

    [Fact]
    public void Edges_cross_no_box() => s_graphs.Sample(graph =>
    {
        var (boxes, edges, _) = Laid(graph, isAcyclic: false);
        foreach (var edge in edges)
            foreach (var (a, b) in edge.Points.Zip(edge.Points.Skip(1)))
                foreach (var box in boxes)
                    Assert.False(Math.Max(a.X, b.X) > box.Left + 0.6 && Math.Min(a.X, b.X) < box.Right - 0.6
                        && Math.Max(a.Y, b.Y) > box.Top + 0.01 && Math.Min(a.Y, b.Y) < box.Bottom - 0.01, "an edge goes through a box");
    });

    [Fact]
    public void Edges_of_different_boxes_never_lie_over_each_other_sideways() => s_graphs.Sample(graph =>
    {
        var edges = Laid(graph, isAcyclic: true).Edges;
        var pieces = edges.SelectMany(edge => edge.Points.Zip(edge.Points.Skip(1)).Where(p => Math.Abs(p.First.Y - p.Second.Y) < 0.01)
            .Select(p => (edge.From, p.First.Y, Left: Math.Min(p.First.X, p.Second.X), Right: Math.Max(p.First.X, p.Second.X)))).ToArray();
        foreach (var a in pieces)
            foreach (var b in pieces)
                Assert.False(a.From != b.From && Math.Abs(a.Y - b.Y) < 1 && a.Left < b.Right && b.Left < a.Right, "two edges lie over each other");
    });

    [Fact]
    public void A_chain_is_a_straight_line_whatever_the_sizes() => Gen.Int[2, 12].Sample(count =>
    {
        var (_, edges, _) = Laid((count, [.. Enumerable.Range(1, count - 1).Select(i => (i - 1, i))], count), isAcyclic: true);
        Assert.All(edges, edge => Assert.Equal(edges[0].Points[0].X, edge.Points[^1].X, 6));
    });

    [Fact]
    public void A_connection_that_skips_leaves_the_way_past_it_straight()
    {
        LayoutBox[] boxes = [.. new[] { 120, 90, 200, 140 }.Select(width => new LayoutBox(width, 40))];
        LayoutEdge[] edges = [.. new[] { (0, 1), (1, 2), (2, 3), (0, 3) }.Select(pair => new LayoutEdge(boxes[pair.Item1], 0, boxes[pair.Item2], 0))];
        _ = new LayeredLayout(boxes, edges);
        Assert.All(boxes, box => Assert.Equal(boxes[0].Middle, box.Middle, 6));
        Assert.Equal(edges[0].Points[0].X, edges[2].Points[^1].X, 6);
        Assert.True(edges[3].Points.Max(p => p.X) > boxes.Skip(1).Take(2).Max(box => box.Right));
    }

    private static (LayoutBox[] Boxes, LayoutEdge[] Edges, LayeredLayout Layout) Laid((int Boxes, (int From, int To)[] Pairs, int Seed) graph, bool isAcyclic)
    {
        var random = new System.Random(graph.Seed);
        LayoutBox[] boxes = [.. Enumerable.Range(0, graph.Boxes).Select(_ => new LayoutBox(random.Next(20, 300), random.Next(20, 120)))];
        var pairs = graph.Pairs.Distinct();
        if (isAcyclic) pairs = pairs.Where(pair => pair.From != pair.To)
            .Select(pair => (Math.Min(pair.From, pair.To), Math.Max(pair.From, pair.To))).Distinct();
        LayoutEdge[] edges = [.. pairs.Select(pair => new LayoutEdge(boxes[pair.Item1], 0, boxes[pair.Item2], 0))];
        return (boxes, edges, new LayeredLayout(boxes, edges));
    }
}
