using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class StrategyTests
{
    private const int Evaluations = 100, Epochs = 3, Seeds = 12;
    private static readonly SearchSpace Space = TestSpaces.Tiny;
    private static readonly CostTable Costs = Table(Space);
    private static readonly double Median = CostSurvey.Draw(Space, Costs, CostObjective.Macs, new RandomStream(1), 2000).Median;
    private static readonly FeasibleSet OnTarget = FeasibleSet.Of(new CostWindow(CostObjective.Macs, Median, 0.1));

    private static readonly Dictionary<string, StrategySettings> Settings = new()
    {
        ["random"] = new RandomSettings(),
        ["regularizedEvolution"] = new RegularizedEvolutionSettings(),
        ["localSearch"] = new LocalSearchSettings(),
        ["localSearch, steepest"] = new LocalSearchSettings(IsSteepest: true),
        ["nsga2"] = new Nsga2Settings(),
        ["evolution"] = new EvolutionSettings(Population: 20, Mutants: 10, Crossovers: 8),
        ["evolution, Pareto"] = new EvolutionSettings(Population: 20, Mutants: 10, Crossovers: 8, Selection: ParentSelection.Pareto),
        ["successiveHalving"] = new SuccessiveHalvingSettings(),
        ["successiveHalving, Pareto"] = new SuccessiveHalvingSettings(Selection: ParentSelection.Pareto),
        ["controller"] = new ControllerStrategySettings(),
        ["controller, best"] = new ControllerStrategySettings(RecommendsBest: true),
        ["controller, shaped"] = new ControllerStrategySettings(IsRewardShaped: true),
    };

    public static TheoryData<string> All => [.. Settings.Keys];

    public static TheoryData<string> Once => [.. Settings.Keys.Where(key => !key.StartsWith("controller") && !key.StartsWith("successive"))];

    // Steepest descent spends its hundred evaluations on two or three neighbourhoods, so it is no better than random in this short run.
    [Theory]
    [InlineData("regularizedEvolution")]
    [InlineData("localSearch")]
    [InlineData("nsga2")]
    [InlineData("evolution")]
    [InlineData("evolution, Pareto")]
    [InlineData("successiveHalving")]
    [InlineData("successiveHalving, Pareto")]
    [InlineData("controller")]
    [InlineData("controller, best")]
    public void A_strategy_beats_random_draws_of_the_same_budget_on_average(string key)
    {
        var table = new ToyTable(Space);
        double Mean(string name) => Enumerable.Range(1, Seeds).Average(seed =>
        {
            var (strategy, _) = Run(Settings[name], (ulong)seed, table);
            return table.Quality(strategy.Recommended!);
        });
        double random = Mean("random"), mean = Mean(key);
        double best = TestSpaces.All(Space).Where(genotype => OnTarget.Contains(Costs.Of(genotype))).Max(table.Quality);
        TestContext.Current.TestOutputHelper?.WriteLine($"{key}: {mean:0.0000}, random {random:0.0000}, best there is {best:0.0000}");
        Assert.InRange(mean, random, best);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_budget_is_held_and_nothing_infeasible_is_evaluated_or_recommended(string key)
    {
        var (strategy, evaluations) = Run(Settings[key], 3, new ToyTable(Space));
        var trained = new Dictionary<Genotype, int>();
        long spent = 0;
        foreach (var (evaluation, number) in evaluations.Select((evaluation, number) => (evaluation, number)))
        {
            spent += Math.Max(0, evaluation.Epochs - trained.GetValueOrDefault(evaluation.Genotype));
            trained[evaluation.Genotype] = Math.Max(evaluation.Epochs, trained.GetValueOrDefault(evaluation.Genotype));
            Assert.Equal((number, spent, Costs.Of(evaluation.Genotype)), (evaluation.Number, evaluation.SpentEpochs, evaluation.Cost));
            if (key != "controller, shaped") Assert.True(OnTarget.Contains(evaluation.Cost));
        }

        // A controller ends when it has made its rounds, which draw some architectures again; the others when nothing more is to be paid.
        Assert.InRange(spent, key.StartsWith("controller") ? 1 : Epochs * (Evaluations - 1), Epochs * Evaluations);
        Assert.True(OnTarget.Contains(Costs.Of(strategy.Recommended!)));
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void No_architecture_is_evaluated_twice_and_a_small_space_is_searched_to_its_end(string key)
    {
        var small = TestSpaces.OneTwoThreeFour;
        var problem = new StrategyProblem(small, Table(small), CostObjective.Macs, FeasibleSet.All, Epochs, new RandomStream(4));
        var table = new ToyTable(small);
        var strategy = Settings[key].Make(problem);
        var evaluations = Search(strategy, problem, table, 10_000);
        Assert.Equal(24, evaluations.Select(evaluation => evaluation.Genotype).Distinct().Count());
        Assert.Equal(24, evaluations.Length);
        Assert.Equal(TestSpaces.All(small).MaxBy(table.Quality), strategy.Recommended);

        var (_, more) = Run(Settings[key], 5, new ToyTable(Space));
        Assert.Equal(more.Length, more.Select(evaluation => evaluation.Genotype).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_search_killed_after_any_evaluation_and_resumed_is_the_search_that_was_not(string key)
    {
        const long budget = 40 * Epochs;
        var problem = Problem(9);
        var (whole, expected) = Run(Settings[key], 9, new ToyTable(Space), budget);
        for (int cut = 0; cut < expected.Length; cut += 1 + cut / 4)
        {
            var table = new ToyTable(Space);
            var resumed = Settings[key].Make(problem);
            var added = new List<Observation>();
            Assert.Equal(expected, Search(resumed, problem, table, budget, [.. expected.Take(cut)], added.Add));
            Assert.Equal(expected.Skip(cut), added);
            Assert.Equal(expected.Length - cut, table.Asked.Count);
            Assert.Equal(whole.Recommended, resumed.Recommended);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_is_asked_until_it_is_answered_and_other_seeds_ask_other_things(string key)
    {
        ISearchStrategy One(ulong seed) => Settings[key].Make(Problem(seed));
        var (a, b) = (One(1), One(1));
        Assert.Null(a.Recommended);
        for (int round = 0; round < 4; round++)
        {
            var asked = a.Ask();
            Assert.NotEmpty(asked);
            Assert.Equal(asked, a.Ask());
            Assert.Equal(asked, b.Ask());
            Observation[] answers = [.. asked.Select(proposal => new Observation(0, proposal.Genotype, proposal.Epochs, new ToyTable(Space).Score(proposal.Genotype, proposal.Epochs), Costs.Of(proposal.Genotype), 0))];
            a.Tell(answers);
            b.Tell(answers);
        }

        Assert.NotEqual(One(1).Ask(), One(2).Ask());
    }

    [Fact]
    public void A_saved_search_of_other_settings_is_refused()
    {
        var problem = Problem(1);
        var (_, evaluations) = Run(new RandomSettings(), 1, new ToyTable(Space), 9);
        var other = new RegularizedEvolutionSettings().Make(problem);
        Assert.Contains("have changed", Assert.Throws<InputException>(() => Search(other, problem, new ToyTable(Space), 9, evaluations)).Message);
    }

    [Fact]
    public void The_oldest_of_regularized_evolution_dies_and_a_child_differs_in_one_decision()
    {
        var settings = new RegularizedEvolutionSettings(Population: 6, Sample: 6);
        var (_, evaluations) = Run(settings, 2, new ToyTable(Space), 40 * Epochs);
        foreach (var child in evaluations.Skip(6))
        {
            // All of the population compete, so its best is the parent.
            var parent = evaluations.Skip(child.Number - 6).Take(6).MaxBy(evaluation => evaluation.Quality)!;
            Assert.True(IsNeighbour(parent.Genotype, child.Genotype) || AllNeighboursKnown(parent.Genotype, evaluations.Take(child.Number)));
        }
    }

    [Fact]
    public void Local_search_ends_a_climb_only_where_no_neighbour_is_better()
    {
        var table = new ToyTable(Space, ruggedness: 0);
        var everything = new StrategyProblem(Space, Costs, CostObjective.Macs, FeasibleSet.All, 1, new RandomStream(3));
        var strategy = new LocalSearchSettings().Make(everything);
        Search(strategy, everything, table, 300);
        Assert.Equal(TestSpaces.All(Space).Max(table.Quality), table.Quality(strategy.Recommended!), 12); // a smooth table has one top
    }

    [Fact]
    public void NSGA_II_finds_nearly_the_hypervolume_of_the_front_that_brute_force_finds()
    {
        var small = SmallFrontSpace;
        var costs = Table(small);
        var table = new ToyTable(small, ruggedness: 0.01);
        ImmutableFront brute = Front(TestSpaces.All(small), costs, table);
        double Share(ISearchStrategy strategy, StrategyProblem problem)
        {
            var evaluations = Search(strategy, problem, table, 250);
            return Front(evaluations.Select(evaluation => evaluation.Genotype), costs, table).Volume / brute.Volume;
        }

        var shares = Enumerable.Range(1, 6).Select(seed =>
        {
            var problem = new StrategyProblem(small, costs, CostObjective.Macs, FeasibleSet.All, 1, new RandomStream((ulong)seed));
            return (Nsga: Share(new Nsga2Settings().Make(problem), problem), Random: Share(new RandomStrategy(problem), problem));
        }).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", shares) + $" of {TestSpaces.All(small).Count()} architectures, {brute.Count} on the front");
        Assert.All(shares, share => Assert.InRange(share.Nsga, share.Random, 1));
        Assert.InRange(shares.Average(share => share.Nsga), 0.95, 1); // a twentieth of the space was evaluated; random draws reach 0.88
    }

    [Fact]
    public void NSGA_II_prefers_feasible_ones_then_those_nearer_to_being_feasible()
    {
        var thin = new StrategyProblem(Space, Costs, CostObjective.Macs, FeasibleSet.Of(new CostWindow(CostObjective.Macs, Median, 0.01)), 1, new RandomStream(1));
        var strategy = new Nsga2Strategy(thin, new Nsga2Settings(Population: 30));
        double worst = double.PositiveInfinity;
        for (int generation = 0; generation < 20; generation++)
        {
            strategy.Tell([.. strategy.Ask().Select(proposal => new Observation(0, proposal.Genotype, 1, new ToyTable(Space).Quality(proposal.Genotype), Costs.Of(proposal.Genotype), 0))]);
            double[] violations = [.. strategy.Population.Select(genotype => thin.Feasible.Violation(Costs.Of(genotype)))];
            Assert.Equal(violations.OrderBy(violation => violation > 0 ? violation : 0), violations.Select(violation => violation > 0 ? violation : 0));
            if (generation > 0) Assert.True(violations.Sum() <= worst);
            worst = violations.Sum();
        }

        Assert.Equal(0, worst); // in the end all live in the window
    }

    [Fact]
    public void An_evolution_ends_after_its_generations_and_earlier_when_it_gets_no_better()
    {
        var flat = new FlatTable();
        int Evaluated(EvolutionSettings settings) => Search(settings.Make(Problem(1)), Problem(1), flat, 100_000).Length;
        var settings = new EvolutionSettings(Population: 10, Generations: 7, Parents: 3, Mutants: 4, Crossovers: 4);
        Assert.Equal(70, Evaluated(settings));
        Assert.Equal(30, Evaluated(settings with { Patience = 2 })); // the first generation is better than nothing
        Assert.Equal(70, settings.MostEvaluations);
    }

    [Fact]
    public void Halving_promotes_the_best_third_and_pays_only_further_epochs()
    {
        var problem = Problem(1, epochs: 9);
        var settings = new SuccessiveHalvingSettings(Architectures: 18, Eta: 3, Brackets: 1);
        var evaluations = Search(settings.Make(problem), problem, new ToyTable(Space), 1000);
        Assert.Equal([18, 6, 2], evaluations.GroupBy(evaluation => evaluation.Epochs).OrderBy(rung => rung.Key).Select(rung => rung.Count()));
        Assert.Equal(18 * 1 + 6 * 2 + 2 * 6, evaluations[^1].SpentEpochs);
        var first = evaluations.Where(evaluation => evaluation.Epochs == 1).OrderByDescending(evaluation => evaluation.Quality).Take(6);
        Assert.Equal(first.Select(evaluation => evaluation.Genotype), evaluations.Where(evaluation => evaluation.Epochs == 3).Select(evaluation => evaluation.Genotype));

        var pareto = Search((settings with { Selection = ParentSelection.Pareto }).Make(problem), problem, new ToyTable(Space), 1000);
        var promoted = pareto.Where(evaluation => evaluation.Epochs == 3).Select(evaluation => evaluation.Genotype).ToHashSet();
        var front = ParetoFront.Of(pareto.Where(evaluation => evaluation.Epochs == 1), evaluation => evaluation.Cost.Macs, evaluation => evaluation.Quality);
        Assert.True(front.Length >= 6 ? promoted.IsSubsetOf(front.Select(evaluation => evaluation.Genotype)) : promoted.IsSupersetOf(front.Select(evaluation => evaluation.Genotype)));
    }

    [Fact]
    public void A_controller_that_is_shown_one_good_option_draws_it()
    {
        var problem = Problem(2, epochs: 1) with { Feasible = FeasibleSet.All };
        var strategy = new ControllerStrategy(problem, new ControllerStrategySettings());
        int head = Enumerable.Range(0, Space.Decisions.Length).Last(d => Space.Decisions[d].Tag == DecisionTag.Width);
        while (strategy.Ask() is { IsEmpty: false } asked)
            strategy.Tell([.. asked.Select(proposal => new Observation(0, proposal.Genotype, 1, proposal.Genotype.Choices[head] == 1 ? 0.9 : 0.1, Costs.Of(proposal.Genotype), 0))]);
        Assert.True(strategy.Policy.Probabilities(head)[1] > 0.95);
        Assert.Equal(1, strategy.Recommended!.Choices[head]);
    }

    [Property(MaxTest = 20)]
    public void Mutants_and_crossovers_are_new_feasible_architectures(ulong seed)
    {
        var random = new RandomStream(seed);
        var moves = new GenotypeMoves(Problem(seed));
        var excluded = new HashSet<Genotype>();
        Genotype one = moves.Draw(random, excluded)!, other = moves.Draw(random, excluded)!;
        excluded.UnionWith([one, other]);
        Genotype?[] children = [moves.ChangeOne(one, random, excluded), moves.ChangeEach(one, 0.2, random, excluded), moves.Cross(one, other, random, excluded)];
        foreach (var child in children.OfType<Genotype>())
        {
            Assert.DoesNotContain(child, excluded);
            Assert.True(OnTarget.Contains(Costs.Of(child)));
            Assert.Equal(child, Space.Parse(child.ToString()));
        }

        Assert.NotNull(children[0]);
        Assert.All(moves.Neighbours(one, random), neighbour => Assert.True(IsNeighbour(one, neighbour) && OnTarget.Contains(Costs.Of(neighbour))));
    }

    private static SearchSpace SmallFrontSpace { get; } = SpaceFile.Parse("front.json", """
        {
          "format": 1, "name": "front", "input": { "frames": 4, "resolution": 16 }, "widthMultipliers": [1, 2], "stem": { "width": 16 },
          "layer": { "kernels": ["1x3x3", "3x3x3", "5x3x3"], "expansions": [1.5, 2, 3], "squeezeExcite": [true, false] },
          "blocks": [{ "width": 24, "stride": 2, "depth": [1, 1] }, { "width": 32, "stride": 2, "depth": [1, 1] }],
          "head": { "width": 64, "denseWidth": 32 }
        }
        """);

    private sealed record ImmutableFront(int Count, double Volume);

    private static ImmutableFront Front(IEnumerable<Genotype> genotypes, CostTable costs, ToyTable table)
    {
        var items = genotypes.Select(genotype => (Cost: (double)costs.Of(genotype).Macs, Quality: table.Quality(genotype))).ToArray();
        double dearest = costs.Of(SmallFrontSpace.Genotype([.. SmallFrontSpace.Decisions.Select(decision => decision.LargestOption)])).Macs;
        return new ImmutableFront(
            ParetoFront.Of(items, item => item.Cost, item => item.Quality).Length,
            ParetoFront.Hypervolume(items, item => item.Cost, item => item.Quality, dearest, 0.3));
    }

    // Differs in one decision that is active in both, and in layers that only one of them has.
    private static bool IsNeighbour(Genotype one, Genotype other) => Enumerable.Range(0, one.Choices.Length).Count(d =>
        one.Choices[d] != other.Choices[d] && Space.IsActive(d, one.Choices.AsSpan()) && Space.IsActive(d, other.Choices.AsSpan())) == 1;

    private static bool AllNeighboursKnown(Genotype parent, IEnumerable<Observation> known)
    {
        var genotypes = known.Select(evaluation => evaluation.Genotype).ToHashSet();
        return TestSpaces.All(Space).Where(genotype => OnTarget.Contains(Costs.Of(genotype)) && IsNeighbour(parent, genotype)).All(genotypes.Contains);
    }

    private static (ISearchStrategy Strategy, System.Collections.Immutable.ImmutableArray<Observation> Evaluations) Run(
        StrategySettings settings, ulong seed, ToyTable table, long budget = Evaluations * Epochs)
    {
        var problem = Problem(seed);
        var strategy = settings.Make(problem);
        return (strategy, Search(strategy, problem, table, budget));
    }

    private static System.Collections.Immutable.ImmutableArray<Observation> Search(
        ISearchStrategy strategy, StrategyProblem problem, IGenotypeEvaluator table, long budget, IReadOnlyList<Observation>? recorded = null, Action<Observation>? add = null) =>
        StrategySearch.Run(strategy, problem, table, budget, recorded, add, TestContext.Current.CancellationToken);

    private static StrategyProblem Problem(ulong seed, int epochs = Epochs) => new(Space, Costs, CostObjective.Macs, OnTarget, epochs, new RandomStream(seed));

    private static CostTable Table(SearchSpace space) => new(space, NetworkVariant.Causal, 10, space.Definition.Input);

    private sealed class FlatTable : IGenotypeEvaluator
    {
        public double Score(Genotype genotype, int epochs) => 0.5;
    }
}
