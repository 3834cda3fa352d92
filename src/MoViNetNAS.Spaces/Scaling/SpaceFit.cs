using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>Holds a network with absolute widths against a search space: which of its values the space could have chosen, and which not.</summary>
/// <remarks>Layers beyond the deepest of a block are held against the choices of its last layer, so that one missing layer hides nothing.</remarks>
public static class SpaceFit
{
    /// <summary>One row for each value of <paramref name="architecture"/>, in the order of the space's decisions.</summary>
    /// <exception cref="ArgumentException">The numbers of blocks differ.</exception>
    public static ImmutableArray<FitRow> Of(SearchSpace space, Architecture architecture)
    {
        var definition = space.Definition;
        if (definition.Blocks.Length != architecture.Blocks.Length)
            throw new ArgumentException($"{architecture.Name} has {architecture.Blocks.Length} blocks, space '{space.Name}' has {definition.Blocks.Length}.", nameof(architecture));
        var decisions = space.Decisions.ToDictionary(decision => decision.Path);
        var rows = ImmutableArray.CreateBuilder<FitRow>();
        var input = definition.InputChoices ?? new InputChoices([definition.Input.Frames], [definition.Input.Resolution], [definition.Input.FrameStride]);
        rows.Add(Row("input/frames", "input", architecture.Input.Frames, input.Frames));
        rows.Add(Row("input/resolution", "input", architecture.Input.Resolution, input.Resolutions));
        rows.Add(Row("input/stride", "input", architecture.Input.FrameStride, input.FrameStrides));
        rows.Add(Row("stem/width", "width", architecture.StemWidth, decisions["stem/width"].Values));
        for (int b = 0; b < architecture.Blocks.Length; b++)
        {
            var block = architecture.Blocks[b];
            string name = $"block{b + 2}";
            rows.Add(Row($"{name}/width", "width", block.Width, decisions[$"{name}/width"].Values));
            rows.Add(Row($"{name}/depth", "depth", block.Layers.Length, decisions[$"{name}/depth"].Values));
            if (block.Stride != definition.Blocks[b].Stride) rows.Add(Row($"{name}/stride", "input", block.Stride, [definition.Blocks[b].Stride]));
            for (int l = 0; l < block.Layers.Length; l++)
            {
                string path = $"{name}/layer{l + 1}", of = $"{name}/layer{Math.Min(l + 1, definition.Blocks[b].MaximumDepth)}";
                var layer = block.Layers[l];
                rows.Add(Named($"{path}/kernel", "kernel", layer.Kernel.ToString(), decisions[$"{of}/kernel"].Labels));
                rows.Add(Row($"{path}/expansion", "expansion", layer.Expansion, decisions[$"{of}/expansion"].Values));
                rows.Add(Named($"{path}/se", "squeeze-excite", layer.HasSqueezeExcite ? "on" : "off", decisions[$"{of}/se"].Labels));
            }
        }

        rows.Add(Row("head/width", "width", architecture.HeadWidth, decisions["head/width"].Values));
        rows.Add(Row("dense/width", "width", architecture.DenseWidth, [definition.DenseWidth]));
        return rows.ToImmutable();
    }

    private static FitRow Row(string path, string kind, int value, ImmutableArray<int> options)
    {
        int least = options.Min(), most = options.Max();
        var (fit, why) = options.Contains(value) ? (FitType.Option, "")
            : value < least ? (FitType.Outside, $"below {least}")
            : value > most ? (FitType.Outside, $"above {most}")
            : (FitType.Between, $"between {options.Where(option => option < value).Max()} and {options.Where(option => option > value).Min()}");
        return new FitRow(path, kind, $"{value}", string.Join(", ", options), fit, why);
    }

    private static FitRow Named(string path, string kind, string value, ImmutableArray<string> options) => options.Contains(value)
        ? new FitRow(path, kind, value, string.Join(", ", options), FitType.Option, "")
        : new FitRow(path, kind, value, string.Join(", ", options), FitType.Outside, "not among the options");
}
