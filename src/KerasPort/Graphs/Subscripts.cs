namespace KerasPort.Graphs;

/// <summary>
/// Einstein's subscripts: a letter for each axis of operands and of the result. Axes that <c>…</c> stands for have letters of their own, which no
/// program writes.
/// </summary>
/// <param name="Operands">Those of each operand.</param>
/// <param name="Result">Those of the result.</param>
internal sealed record Subscripts(string[] Operands, string Result)
{
    private const string Ellipsis = "...";

    /// <summary>The letters of subscripts such as <c>bij,bjk-&gt;bik</c>; without a result what is there once, in the alphabet's order.</summary>
    /// <param name="text">The subscripts.</param>
    /// <param name="ranks">How many axes each operand has.</param>
    /// <exception cref="ValueError">They are no subscripts of operands of these ranks.</exception>
    public static Subscripts Of(string text, params int[] ranks)
    {
        ValueError Wrong(string why) => new($"einsum can't be computed: {why}. Received: subscripts={text}, operands of {string.Join(", ", ranks)} axes");
        string[] sides = text.Replace(" ", "").Split("->");
        string[] operands = sides[0].Split(',');
        if (operands.Length != ranks.Length || sides.Length > 2) throw Wrong("each operand has its subscripts");
        int[] elided = [.. operands.Zip(ranks, (own, rank) => own.Contains(Ellipsis) ? rank - own.Length + Ellipsis.Length : 0)];
        string all = string.Concat(Enumerable.Range(0, Math.Max(elided.Max(), 0)).Select(i => (char)('\u0391' + i)));
        for (int i = 0; i < operands.Length; i++)
        {
            if (elided[i] >= 0) operands[i] = operands[i].Replace(Ellipsis, all[(all.Length - elided[i])..]);
            if (operands[i].Length != ranks[i] || !operands[i].All(char.IsLetter)) throw Wrong("each axis has one letter");
        }
        string joined = string.Concat(operands);
        string result = sides.Length > 1 ? sides[1].Replace(Ellipsis, all)
            : all + string.Concat(joined.Where(label => !all.Contains(label) && joined.Count(other => other == label) == 1).Order());
        return result.All(joined.Contains) && result.Distinct().Count() == result.Length ? new(operands, result)
            : throw Wrong("the result has axes of the operands, each once");
    }
}
