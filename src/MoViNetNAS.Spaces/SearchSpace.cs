using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MoViNetNAS.Spaces;

/// <summary>A search space: its decisions, and the way from a genotype to an architecture.</summary>
/// <remarks>Widths and expansions are multiples of the nominal widths, rounded the TuNAS way; options that round to the same
/// width are one option. Depth is one decision per block, and layers beyond the chosen depth are inactive.
/// Source: MoViNets (arXiv 2103.11511), section 3.1 and Table 1.</remarks>
public sealed class SearchSpace
{
    private readonly int _stemDecision, _headDecision, _framesDecision, _resolutionDecision, _strideDecision;
    private readonly BlockDecisions[] _blocks;

    /// <summary>Lists the decisions of <paramref name="definition"/>.</summary>
    public SearchSpace(SpaceDefinition definition)
    {
        Definition = definition;
        var decisions = ImmutableArray.CreateBuilder<Decision>();
        _framesDecision = AddInput(decisions, "input/frames", definition.InputChoices?.Frames);
        _resolutionDecision = AddInput(decisions, "input/resolution", definition.InputChoices?.Resolutions);
        _strideDecision = AddInput(decisions, "input/stride", definition.InputChoices?.FrameStrides);
        _stemDecision = Add(decisions, Width("stem/width", definition.StemWidth));
        _blocks = new BlockDecisions[definition.Blocks.Length];
        for (int b = 0; b < definition.Blocks.Length; b++) _blocks[b] = AddBlock(decisions, b);
        _headDecision = Add(decisions, Width("head/width", definition.HeadWidth));
        Decisions = decisions.ToImmutable();
        Hash = ComputeHash();
    }

    /// <summary>What the file states.</summary>
    public SpaceDefinition Definition { get; }

    /// <summary>The name in the file.</summary>
    public string Name => Definition.Name;

    /// <summary>The decisions; their order is the order of a genotype.</summary>
    public ImmutableArray<Decision> Decisions { get; }

    /// <summary>SHA-256 (hex) of everything that gives a genotype its meaning; a genotype is stored with it and refused under another.</summary>
    public string Hash { get; }

    /// <summary>Distinct architectures: choices of layers beyond the depth are not counted.</summary>
    public BigInteger ArchitectureCount
    {
        get
        {
            BigInteger count = Decisions[_stemDecision].OptionCount * Decisions[_headDecision].OptionCount;
            foreach (var decision in Decisions.Where(decision => decision.Tag == DecisionTag.Input)) count *= decision.OptionCount;
            foreach (var block in _blocks)
            {
                BigInteger ofBlock = 0, ofLayers = 1;
                for (int depth = 1; depth <= block.Layers.Length; depth++)
                {
                    var (kernel, expansion, squeezeExcite) = block.Layers[depth - 1];
                    ofLayers *= Decisions[kernel].OptionCount * Decisions[expansion].OptionCount * Decisions[squeezeExcite].OptionCount;
                    if (Decisions[block.Depth].Values.Contains(depth)) ofBlock += ofLayers;
                }

                count *= ofBlock * Decisions[block.Width].OptionCount;
            }

            return count;
        }
    }

    /// <summary>Whether decision <paramref name="decision"/> matters under <paramref name="choices"/> (an option index for each decision).</summary>
    public bool IsActive(int decision, ReadOnlySpan<int> choices)
    {
        var d = Decisions[decision];
        return d.DepthDecision < 0 || Decisions[d.DepthDecision].Values[choices[d.DepthDecision]] > d.LayerIndex;
    }

    /// <summary>The genotype of <paramref name="choices"/>, inactive decisions set to 0.</summary>
    /// <exception cref="ArgumentException">The number of choices is not the number of decisions, or one is out of range.</exception>
    public Genotype Genotype(ReadOnlySpan<int> choices)
    {
        if (choices.Length != Decisions.Length)
            throw new ArgumentException($"{Decisions.Length} choices are needed, {choices.Length} were given.", nameof(choices));
        var canonical = new int[choices.Length];
        for (int d = 0; d < choices.Length; d++)
        {
            if ((uint)choices[d] >= (uint)Decisions[d].OptionCount)
                throw new ArgumentException($"decision '{Decisions[d].Path}' has options 0-{Decisions[d].OptionCount - 1}, not {choices[d]}.", nameof(choices));
            canonical[d] = IsActive(d, choices) ? choices[d] : 0;
        }

        return new Genotype(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(canonical));
    }

    /// <summary>Reads the text form of a genotype.</summary>
    /// <exception cref="InputException">Not "i:i:i...", another number of decisions, or an option that does not exist.</exception>
    public Genotype Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != Decisions.Length)
            throw new InputException($"genotype '{Shorten(text)}' has {parts.Length} numbers; space '{Name}' has {Decisions.Length} decisions.");
        var choices = new int[parts.Length];
        for (int d = 0; d < parts.Length; d++)
        {
            if (!int.TryParse(parts[d], NumberStyles.None, CultureInfo.InvariantCulture, out choices[d]) || (uint)choices[d] >= (uint)Decisions[d].OptionCount)
                throw new InputException($"genotype '{Shorten(text)}': decision {d + 1} ('{Decisions[d].Path}') has options 0-{Decisions[d].OptionCount - 1}, not '{parts[d]}'.");
        }

        return Genotype(choices);
    }

    /// <summary>The clip of <paramref name="choices"/> (an option index for each decision): the space's, or where it chooses, the chosen one.</summary>
    public InputShape InputOf(ReadOnlySpan<int> choices) => Definition.InputChoices is not { } input ? Definition.Input : new InputShape(
        _framesDecision < 0 ? input.Frames[0] : Value(_framesDecision, choices),
        _resolutionDecision < 0 ? input.Resolutions[0] : Value(_resolutionDecision, choices),
        _strideDecision < 0 ? input.FrameStrides[0] : Value(_strideDecision, choices));

    /// <summary>A genotype with every decision drawn uniformly.</summary>
    public Genotype Sample(RandomStream random)
    {
        var choices = new int[Decisions.Length];
        for (int d = 0; d < choices.Length; d++) choices[d] = random.Below(Decisions[d].OptionCount);
        return Genotype(choices);
    }

    /// <summary>The architecture that <paramref name="genotype"/> stands for.</summary>
    public Architecture Resolve(Genotype genotype) => Resolve(genotype.Choices.AsSpan(), genotype.ToString());

    /// <summary>The widest and deepest architecture, with the first kernel; a supernet is built to hold it.</summary>
    public Architecture Largest()
    {
        int[] choices = [.. Decisions.Select(decision => decision.LargestOption)];
        return Resolve(choices, "largest");
    }

    /// <summary>The path through a supernet on which each decision has the given options switched on.</summary>
    /// <param name="enabled">For each decision one option, or for kernels and squeeze-excite several whose branches are averaged.</param>
    public SubnetPath Path(IReadOnlyList<ImmutableArray<int>> enabled)
    {
        int[] first = [.. enabled.Select(options => options[0])];
        var architecture = Resolve(first, "path");
        var branches = ImmutableArray.CreateBuilder<LayerBranches>(architecture.LayerCount);
        for (int b = 0; b < _blocks.Length; b++)
        {
            for (int l = 0; l < architecture.Blocks[b].Layers.Length; l++)
            {
                var (kernel, _, squeezeExcite) = _blocks[b].Layers[l];
                branches.Add(new LayerBranches(
                    [.. enabled[kernel].Select(option => KernelShape.All[Decisions[kernel].Values[option]])],
                    [.. enabled[squeezeExcite].Select(option => Decisions[squeezeExcite].Values[option] == 1)]));
            }
        }

        return new SubnetPath(architecture, branches.MoveToImmutable());
    }

    private Architecture Resolve(ReadOnlySpan<int> choices, string name)
    {
        var blocks = ImmutableArray.CreateBuilder<BlockSpec>(_blocks.Length);
        for (int b = 0; b < _blocks.Length; b++)
        {
            int depth = Value(_blocks[b].Depth, choices);
            var layers = ImmutableArray.CreateBuilder<LayerSpec>(depth);
            for (int l = 0; l < depth; l++)
            {
                var (kernel, expansion, squeezeExcite) = _blocks[b].Layers[l];
                layers.Add(new LayerSpec(
                    Value(expansion, choices), KernelShape.All[Value(kernel, choices)], Value(squeezeExcite, choices) == 1));
            }

            blocks.Add(new BlockSpec(Value(_blocks[b].Width, choices), Definition.Blocks[b].Stride, layers.MoveToImmutable()));
        }

        return new Architecture(
            name, InputOf(choices), Value(_stemDecision, choices), blocks.MoveToImmutable(), Value(_headDecision, choices),
            Definition.DenseWidth);
    }

    private int Value(int decision, ReadOnlySpan<int> choices) => Decisions[decision].Values[choices[decision]];

    private BlockDecisions AddBlock(ImmutableArray<Decision>.Builder decisions, int index)
    {
        var block = Definition.Blocks[index];
        string name = $"block{index + 2}";
        int width = Add(decisions, Width($"{name}/width", block.Width));
        int[] depths = [.. Enumerable.Range(block.MinimumDepth, block.MaximumDepth - block.MinimumDepth + 1)];
        int depth = Add(decisions, new Decision($"{name}/depth", DecisionTag.Depth, [.. depths.Select(d => $"{d}")], [.. depths], -1, -1));
        var layers = new (int, int, int)[block.MaximumDepth];
        for (int l = 0; l < layers.Length; l++)
        {
            string path = $"{name}/layer{l + 1}";
            layers[l] = (
                Add(decisions, new Decision(
                    $"{path}/kernel", DecisionTag.Kernel, [.. block.Choices.Kernels.Select(kernel => kernel.ToString())],
                    [.. block.Choices.Kernels.Select(IndexOf)], depth, l)),
                Add(decisions, Multiples($"{path}/expansion", DecisionTag.Expansion, block.Width, block.Choices.Expansions, depth, l)),
                Add(decisions, new Decision(
                    $"{path}/se", DecisionTag.SqueezeExcite, [.. block.Choices.SqueezeExcite.Select(on => on ? "on" : "off")],
                    [.. block.Choices.SqueezeExcite.Select(on => on ? 1 : 0)], depth, l)));
        }

        return new BlockDecisions(width, depth, layers);
    }

    private Decision Width(string path, int nominal) => Multiples(path, DecisionTag.Width, nominal, Definition.WidthMultipliers, -1, -1);

    private static Decision Multiples(
        string path, DecisionTag tag, int nominal, ImmutableArray<double> multipliers, int depthDecision, int layerIndex)
    {
        var options = multipliers
            .Select(multiplier => (Multiplier: multiplier, Channels: ChannelRounding.Scale(nominal, multiplier)))
            .DistinctBy(option => option.Channels)
            .ToArray();
        return new Decision(
            path, tag, [.. options.Select(o => tag == DecisionTag.Width ? $"{o.Channels}" : $"{o.Multiplier}")],
            [.. options.Select(o => o.Channels)], depthDecision, layerIndex);
    }

    // What there is one option of is no decision, so that spaces of before keep their genotypes.
    private static int AddInput(ImmutableArray<Decision>.Builder decisions, string path, ImmutableArray<int>? options) => options is not { Length: > 1 } values
        ? -1
        : Add(decisions, new Decision(path, DecisionTag.Input, [.. values.Select(value => $"{value}")], values, -1, -1));

    private static int IndexOf(KernelShape kernel)
    {
        for (int i = 0; i < KernelShape.All.Count; i++)
            if (KernelShape.All[i] == kernel) return i;
        throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "not a kernel of the space");
    }

    private static int Add(ImmutableArray<Decision>.Builder decisions, Decision decision)
    {
        decisions.Add(decision);
        return decisions.Count - 1;
    }

    private string ComputeHash()
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"format {SpaceFile.Format}; input {Definition.Input.Frames}x{Definition.Input.Resolution}/{Definition.Input.FrameStride}; dense {Definition.DenseWidth}\n"));
        if (Definition.InputChoices is { } input) // the clip that holds every choice does not tell the choices
            text.Append(FormattableString.Invariant($"input choices {string.Join(' ', input.Frames)}; {string.Join(' ', input.Resolutions)}; {string.Join(' ', input.FrameStrides)}\n"));
        foreach (var block in Definition.Blocks) text.Append(FormattableString.Invariant($"stride {block.Stride}\n"));
        foreach (var decision in Decisions)
        {
            var values = decision.Tag == DecisionTag.Kernel ? decision.Labels : [.. decision.Values.Select(value => $"{value}")];
            text.Append(FormattableString.Invariant($"{decision.Path} {decision.Tag}: {string.Join(' ', values)}\n"));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private sealed record BlockDecisions(int Width, int Depth, (int Kernel, int Expansion, int SqueezeExcite)[] Layers);
}
