namespace MoViNetNAS.Search;

/// <summary>The best that a budget buys.</summary>
/// <typeparam name="T">What is bought.</typeparam>
/// <param name="Budget">The most it may cost.</param>
/// <param name="Best">Of the items within the budget the one of highest quality, of equals the cheapest, of those the first; default when nothing is that cheap.</param>
/// <param name="Count">Items within the budget.</param>
public sealed record BudgetBest<T>(double Budget, T? Best, int Count);
