namespace MoViNetNAS.Reporting;

/// <summary>A column of a table of <typeparamref name="TRow"/>.</summary>
/// <param name="Header">What readers see, with the unit.</param>
/// <param name="Key">Name of the column in CSV files, camelCase, with the unit at its end.</param>
/// <param name="Cell">The cell of a row.</param>
/// <param name="IsNumber">Whether cells stand to the right and are sorted as numbers.</param>
/// <param name="Best">Which value is the best.</param>
public sealed record TableColumn<TRow>(string Header, string Key, Func<TRow, TableCell> Cell, bool IsNumber = true, BestIs Best = BestIs.Unranked);
