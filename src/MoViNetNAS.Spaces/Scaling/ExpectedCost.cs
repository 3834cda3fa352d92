using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>What an architecture costs on average when every decision is drawn uniformly: exact, without drawing any.</summary>
/// <remarks>Operations of a layer depend on two or three decisions, which are independent, so the mean of a sum is a sum of means over
/// a few combinations. Source of the quantity: MoViNets (arXiv 2103.11511), section 3.1, the expected size of a sampled model.</remarks>
public static class ExpectedCost
{
    private static readonly string[] Inner = ["depthwise", "se"];

    /// <summary>Mean multiply-adds of one frame: <see cref="Cost.MacsPerFrame"/> of <see cref="SearchSpace.Sample"/>.</summary>
    /// <param name="space">What is drawn from.</param>
    /// <param name="variant">How networks are built; one that can stream, so that a frame has a cost of its own.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <exception cref="ArgumentException">The variant cannot stream.</exception>
    public static double MacsPerFrame(SearchSpace space, NetworkVariant variant, int classes)
    {
        if (!variant.CanStream) throw new ArgumentException($"variant '{variant.Name}' does not stream: a frame has no cost of its own.", nameof(variant));
        var expectation = new Expectation(space, variant, classes);
        return (space.Definition.InputChoices?.Resolutions ?? [space.Definition.Input.Resolution]).Average(expectation.PerFrame);
    }

    private sealed class Expectation(SearchSpace space, NetworkVariant variant, int classes)
    {
        private static readonly LayerSpec NoLayer = new(8, KernelShape.All[0]);
        private readonly Dictionary<string, Decision> _decisions = space.Decisions.ToDictionary(decision => decision.Path);

        public double PerFrame(int resolution)
        {
            ImmutableArray<int> previous = Values("stem/width"), heads = Values("head/width");
            int size = (resolution + 1) / 2;
            double total = previous.Average(width => Row(width, 8, 1, NoLayer, 8, size, ["stem"]));
            for (int b = 0; b < space.Definition.Blocks.Length; b++)
            {
                string name = $"block{b + 2}";
                ImmutableArray<int> widths = Values($"{name}/width"), depths = Values($"{name}/depth");
                double layer = 0;
                for (int l = 0; l < space.Definition.Blocks[b].MaximumDepth; l++)
                {
                    double chance = depths.Count(depth => depth > l) / (double)depths.Length;
                    int stride = l == 0 ? space.Definition.Blocks[b].Stride : 1;
                    // Layers beyond the second choose from the same and see the same.
                    if (l <= 1) layer = Layer(name, l, l == 0 ? previous : [], widths, stride, size);
                    total += chance * layer;
                    if (stride == 2) size = (size + 1) / 2;
                }

                previous = widths;
            }

            foreach (int last in previous)
                total += heads.Average(head => Row(8, last, 1, NoLayer, head, size, ["head", "classifier"])) / previous.Length;
            return total;
        }

        // The mean of one layer. Later layers of a block take what the block gives: then there are no widths of their own coming in.
        private double Layer(string block, int layer, ImmutableArray<int> inputs, ImmutableArray<int> outputs, int stride, int size)
        {
            string path = $"{block}/layer{layer + 1}";
            ImmutableArray<int> expansions = Values($"{path}/expansion"), kernels = Values($"{path}/kernel"), gates = Values($"{path}/se");
            var pairs = inputs.IsEmpty
                ? outputs.Select(width => (Input: width, Output: width)).ToArray()
                : [.. from input in inputs from output in outputs select (input, output)];
            double around = 0, within = 0;
            foreach (int expansion in expansions)
            {
                around += pairs.Average(pair => Row(pair.Input, pair.Output, stride, new LayerSpec(expansion, KernelShape.All[0]), 8, size, ["expand", "project", "skip"]));
                foreach (int kernel in kernels)
                    within += gates.Average(gate => Row(8, 8, stride, new LayerSpec(expansion, KernelShape.All[kernel], gate == 1), 8, size, Inner)) / kernels.Length;
            }

            return (around + within) / expansions.Length;
        }

        // A network of the one layer; its input halves to the layer's input size in the stem.
        private double Row(int input, int output, int stride, LayerSpec layer, int head, int size, string[] parts)
        {
            var network = new Architecture("one layer", new InputShape(1, 2 * size), input, [new BlockSpec(output, stride, [layer])], head, space.Definition.DenseWidth);
            return CostModel.Rows(network, variant, classes, network.Input).Where(row => parts.Contains(row.Part)).Sum(row => row.Macs);
        }

        private ImmutableArray<int> Values(string path) => _decisions[path].Values;
    }
}
