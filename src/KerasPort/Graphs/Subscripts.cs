namespace KerasPort.Graphs;

/// <summary>
/// Einstein's subscripts: one letter for each axis of the operands and of the result. Axes that <c>…</c> stands for get letters that programs can't
/// write.
/// </summary>
/// <param name="Operands">The letters of each operand.</param>
/// <param name="Result">The letters of the result.</param>
internal sealed record Subscripts(string[] Operands, string Result)
{
    private const string Ellipsis = "...";

    /// <summary>Parses subscripts such as <c>bij,bjk-&gt;bik</c>; without a result, it has the letters that occur once, in alphabetical order.</summary>
    /// <param name="text">The subscripts.</param>
    /// <param name="ranks">The number of axes of each operand.</param>
    /// <exception cref="ValueError">The subscripts are malformed or don't match these ranks.</exception>
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
