using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Accuracy at budget: the best quality within each of several costs.</summary>
public static class BudgetTable
{
    /// <summary>One row for each of <paramref name="budgets"/>, in their order.</summary>
    /// <exception cref="ArgumentException">A cost, quality or budget is not a number.</exception>
    public static ImmutableArray<BudgetBest<T>> Of<T>(
        IReadOnlyCollection<T> items, Func<T, double> cost, Func<T, double> quality, IEnumerable<double> budgets)
    {
        var front = ParetoFront.Of(items, cost, quality);
        return [.. budgets.Select(budget =>
        {
            if (double.IsNaN(budget)) throw new ArgumentException("a budget is not a number.", nameof(budgets));
            return new BudgetBest<T>(budget, front.LastOrDefault(item => cost(item) <= budget), items.Count(item => cost(item) <= budget));
        })];
    }
}
