using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Every operation that networks of a space can have, and few networks that have all of them.</summary>
/// <remarks>An operation depends on at most three decisions beside the depth, so all are found by setting those, for each layer, and every
/// one comes with the options that bring it about.</remarks>
public sealed class OperationCover
{
    private const int Draws = 64; // to choose from, for each network

    private readonly SearchSpace _space;
    private readonly int _resolution;
    private readonly Dictionary<OperationKey, int[]> _options = []; // -1 where a decision does not matter

    /// <summary>Finds the operations of <paramref name="space"/> for frames of <paramref name="resolution"/> rows and columns.</summary>
    public OperationCover(SearchSpace space, int resolution)
    {
        (_space, _resolution) = (space, resolution);
        int[] widths = Indices(d => d.Tag == DecisionTag.Width), depths = Indices(d => d.Tag == DecisionTag.Depth);
        Find(["stem"], -1, 0, widths[0]);
        for (int block = 0; block < depths.Length; block++)
        {
            for (int layer = 0; layer < space.Definition.Blocks[block].MaximumDepth; layer++)
            {
                int input = widths[layer == 0 ? block : block + 1], output = widths[block + 1];
                int Of(DecisionTag tag) => Indices(d => d.Tag == tag && d.DepthDecision == depths[block] && d.LayerIndex == layer).Single();
                int expansion = Of(DecisionTag.Expansion);
                Find(["expand"], block, layer, depths[block], input, expansion);
                Find([OperationKeys.Depthwise], block, layer, depths[block], expansion, Of(DecisionTag.Kernel));
                Find(["se"], block, layer, depths[block], expansion, Of(DecisionTag.SqueezeExcite));
                Find(["skip"], block, layer, depths[block], input, output);
                Find(["project"], block, layer, depths[block], expansion, output);
            }
        }

        Find(["head", "classifier"], -1, 0, widths[^2], widths[^1]);
    }

    /// <summary>The operations.</summary>
    public IReadOnlyCollection<OperationKey> Operations => _options.Keys;

    /// <summary>Networks that together have every operation at least <paramref name="times"/> times, in different ones.</summary>
    /// <remarks>Greedy: of some draws, each made to have an operation that is still wanted, the one with most of those comes next.</remarks>
    /// <param name="random">Draws them.</param>
    /// <param name="times">At least 1.</param>
    public ImmutableArray<Genotype> Choose(RandomStream random, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        var wanted = _options.Keys.ToDictionary(key => key, _ => times);
        var chosen = new List<Genotype>();
        while (wanted.Count > 0)
        {
            var target = wanted.MaxBy(pair => pair.Value).Key;
            var best = Enumerable.Range(0, Draws).Select(_ => Draw(_options[target], random)).MaxBy(genotype => Gain(genotype, wanted))!;
            chosen.Add(best);
            foreach (var key in Distinct(best))
            {
                if (!wanted.TryGetValue(key, out int left)) continue;
                if (left > 1) wanted[key] = left - 1;
                else wanted.Remove(key);
            }
        }

        return [.. chosen];
    }

    private int Gain(Genotype genotype, Dictionary<OperationKey, int> wanted) => Distinct(genotype).Sum(key => wanted.GetValueOrDefault(key));

    private IEnumerable<OperationKey> Distinct(Genotype genotype) => OperationKeys.Of(_space.Resolve(genotype), _resolution).Distinct();

    private Genotype Draw(int[] options, RandomStream random) =>
        _space.Genotype([.. options.Select((option, d) => option >= 0 ? option : random.Below(_space.Decisions[d].OptionCount))]);

    // Sets every combination of the options of the decisions and notes the operations called by parts, of a layer or of the whole network.
    private void Find(string[] parts, int block, int layer, params int[] decisions)
    {
        int[] options = new int[_space.Decisions.Length];
        Array.Fill(options, -1);
        Try(0);

        void Try(int i)
        {
            if (i < decisions.Length)
            {
                var decision = _space.Decisions[decisions[i]];
                for (int option = 0; option < decision.OptionCount; option++)
                {
                    if (decision.Tag == DecisionTag.Depth && decision.Values[option] != _space.Definition.Blocks[block].MaximumDepth) continue;
                    options[decisions[i]] = option;
                    Try(i + 1);
                }

                return;
            }

            var architecture = _space.Resolve(_space.Genotype([.. options.Select(option => Math.Max(0, option))]));
            var keys = block < 0
                ? OperationKeys.Of(architecture, _resolution)
                : OperationKeys.OfLayer(architecture.Sites(_resolution).Single(site => site.Block == block && site.Layer == layer));
            foreach (var key in keys.Where(key => parts.Contains(key.Part))) _options.TryAdd(key, [.. options]);
        }
    }

    private int[] Indices(Func<Decision, bool> isMeant) => [.. Enumerable.Range(0, _space.Decisions.Length).Where(d => isMeant(_space.Decisions[d]))];
}
