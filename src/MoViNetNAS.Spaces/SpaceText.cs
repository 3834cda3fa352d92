using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace MoViNetNAS.Spaces;

/// <summary>Writes space files that <see cref="SpaceFile"/> reads back.</summary>
public static class SpaceText
{
    private const int LineWidth = 130;

    /// <summary>The text of a space file.</summary>
    /// <param name="space">What it states.</param>
    /// <param name="comment">Said at its head, wrapped; none when empty.</param>
    public static string Of(SpaceDefinition space, string comment = "")
    {
        var text = new StringBuilder();
        foreach (string line in Wrapped(comment)) text.Append("// ").Append(line).Append('\n');
        var shared = space.Blocks[0].Choices;
        text.Append("{\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"format\": {SpaceFile.Format},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"name\": {Quoted(space.Name)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"input\": {Input(space)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"widthMultipliers\": {List(space.WidthMultipliers, Number)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"stem\": {{ \"width\": {space.StemWidth} }},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"layer\": {{\n    \"kernels\": {Kernels(shared)},\n    \"expansions\": {Expansions(shared)},\n    \"squeezeExcite\": {Gates(shared)}\n  }},\n");
        text.Append("  \"blocks\": [\n    ").AppendJoin(",\n    ", space.Blocks.Select(block => Block(block, shared))).Append("\n  ],\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"head\": {{ \"width\": {space.HeadWidth}, \"denseWidth\": {space.DenseWidth} }}\n}}\n");
        return text.ToString();
    }

    private static string Input(SpaceDefinition space)
    {
        var input = space.InputChoices ?? new InputChoices([space.Input.Frames], [space.Input.Resolution], [space.Input.FrameStride]);
        static string Numbers(ImmutableArray<int> values) => values.Length == 1 ? values[0].ToString(CultureInfo.InvariantCulture) : List(values, value => value.ToString(CultureInfo.InvariantCulture));
        return $"{{ \"frames\": {Numbers(input.Frames)}, \"resolution\": {Numbers(input.Resolutions)}, \"frameStride\": {Numbers(input.FrameStrides)} }}";
    }

    private static string Block(BlockDefinition block, LayerChoices shared)
    {
        string text = FormattableString.Invariant($"{{ \"width\": {block.Width}, \"stride\": {block.Stride}, \"depth\": [{block.MinimumDepth}, {block.MaximumDepth}]");
        if (!block.Choices.Kernels.SequenceEqual(shared.Kernels)) text += $", \"kernels\": {Kernels(block.Choices)}";
        if (!block.Choices.Expansions.SequenceEqual(shared.Expansions)) text += $", \"expansions\": {Expansions(block.Choices)}";
        if (!block.Choices.SqueezeExcite.SequenceEqual(shared.SqueezeExcite)) text += $", \"squeezeExcite\": {Gates(block.Choices)}";
        return text + " }";
    }

    private static string Kernels(LayerChoices choices) => List(choices.Kernels, kernel => $"\"{kernel}\"");

    private static string Expansions(LayerChoices choices) => List(choices.Expansions, Number);

    private static string Gates(LayerChoices choices) => List(choices.SqueezeExcite, isOn => isOn ? "true" : "false");

    private static string List<T>(ImmutableArray<T> values, Func<T, string> text) => $"[{string.Join(", ", values.Select(text))}]";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\""; // "tiny+1" stays readable

    private static IEnumerable<string> Wrapped(string comment)
    {
        string line = "";
        foreach (string word in comment.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LineWidth)
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        if (line.Length > 0) yield return line;
    }
}
