using MoViNetNAS.Cli.Tests.Docs;
using MoViNetNAS.Data;
using MoViNetNAS.Examples;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Tests;

/// <summary>The code that docs/extend.md shows is code of the repository; the examples compile and do what they say.</summary>
[Collection(RunCollection.Name)]
public sealed class DocsExampleTests
{
    private static readonly SearchSpace Space = SpaceFile.Parse("toy.json", """
        {
          "format": 1, "name": "toy", "input": { "frames": 4, "resolution": 16 }, "widthMultipliers": [1, 2, 3], "stem": { "width": 8 },
          "layer": { "kernels": ["1x3x3", "3x3x3", "5x3x3"], "expansions": [1, 2, 3], "squeezeExcite": [true, false] },
          "blocks": [{ "width": 8, "stride": 2, "depth": [1, 3] }], "head": { "width": 16, "denseWidth": 16 }
        }
        """);

    [Fact]
    public void Code_that_a_page_quotes_is_in_the_file_that_it_names()
    {
        DocsBlock[] quotes = [.. DocsPages.All.SelectMany(DocsBlock.Of).Where(block => block.Language.StartsWith("cs ", StringComparison.Ordinal))];
        Assert.True(quotes.Length > 5, $"only {quotes.Length} quotes were found");
        foreach (var quote in quotes)
        {
            string path = Path.Combine(Repository.Root, quote.Language[3..]);
            Assert.True(File.Exists(path), $"{quote.Place}: there is no {quote.Language[3..]}");
            Assert.True(Trimmed(File.ReadAllText(path)).Contains(Trimmed(quote.Text), StringComparison.Ordinal), $"{quote.Place}: {quote.Language[3..]} says it otherwise");
        }
    }

    [Fact]
    public void The_strategy_finds_better_architectures_than_uniform_draws_and_can_be_told_again()
    {
        const int budget = 60, seeds = 10;
        double learned = 0, uniform = 0;
        for (ulong seed = 1; seed <= seeds; seed++)
        {
            var problem = Problem(seed);
            var all = StrategySearch.Run(new OnePlusOneStrategy(problem), problem, new Toy(), budget);
            Assert.Equal(budget, all.Length);
            Assert.Equal(budget, all.DistinctBy(evaluation => evaluation.Genotype).Count());
            Assert.All(all, evaluation => Assert.True(problem.Feasible.Contains(evaluation.Cost)));
            var again = StrategySearch.Run(new OnePlusOneStrategy(problem), problem, new Toy(), budget, recorded: all[..25]);
            Assert.Equal(all, again);
            learned += all.Max(evaluation => evaluation.Quality) / seeds;
            uniform += StrategySearch.Run(new RandomStrategy(problem), problem, new Toy(), budget).Max(evaluation => evaluation.Quality) / seeds;
        }

        Assert.True(learned > uniform + 0.01, $"learned {learned:F3}, uniform {uniform:F3}");
    }

    [Fact]
    public void The_data_set_is_the_same_for_every_reader_and_a_causal_network_learns_it()
    {
        var dataset = new BlinkingSquares(new InputShape(4, 16), clips: 64, seed: 1);
        byte[] first = Clip(dataset, 5), second = Clip(new BlinkingSquares(new InputShape(4, 16), 64, 1), 5);
        Assert.Equal(first, second);
        Assert.NotEqual(dataset.SplitHash, new BlinkingSquares(new InputShape(4, 16), 64, 2).SplitHash);

        var settings = TrainingSettings.Default with { Epochs = 8, Batch = 16, LearningRate = 2e-2, ResidualScale = 1, Dropout = 0 };
        var architecture = Space.Resolve(Space.Genotype([.. Space.Decisions.Select(decision => decision.Path.EndsWith("kernel", StringComparison.Ordinal) ? 1 : 0)])); // 3x3x3
        using var network = VideoNetwork.Of(new MoViNetDesign(architecture, NetworkVariant.Causal), dataset.Classes.Count, new FirstWeights(new RandomStream(2), settings.ResidualScale));
        using var trainer = new NetworkTrainer(network, dataset, settings, new RandomStream(3), CPU);
        trainer.Run(_ => { }, () => { }, CancellationToken.None);
        NormCalibration.Run(network, new BatchSchedule(dataset, Split.Weights, settings.Batch, new RandomStream(4)), CPU, CancellationToken.None);
        var result = new EvaluationResult(Evaluation.Of(network, dataset, Split.Test, new EvaluationOptions(), CPU, CancellationToken.None));
        Assert.True(result.Top1 > 0.9, $"top-1 {result.Top1}");
    }

    private static byte[] Clip(BlinkingSquares dataset, int index)
    {
        byte[] pixels = new byte[4 * 16 * 16 * 3];
        dataset.Read(Split.Test, index, augmentation: null, pixels);
        return pixels;
    }

    private static StrategyProblem Problem(ulong seed)
    {
        var costs = new CostTable(Space, NetworkVariant.Causal, 8, Space.Definition.Input);
        var feasible = new FeasibleSet(null, [new CostLimit(CostObjective.Macs, CostSurvey.Draw(Space, costs, CostObjective.Macs, new RandomStream(0), 500).Median)]);
        return new StrategyProblem(Space, costs, CostObjective.Macs, feasible, MostEpochs: 1, new RandomStream(seed));
    }

    // Blank lines and indentation are the page's own affair.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    /// <summary>Quality in closed form: the share of decisions that are at their last option.</summary>
    private sealed class Toy : IGenotypeEvaluator
    {
        public double Score(Genotype genotype, int epochs) => genotype.Choices.Select((choice, d) => Space.Decisions[d].OptionCount == 1 ? 0 : choice / (Space.Decisions[d].OptionCount - 1.0)).Average();
    }
}
