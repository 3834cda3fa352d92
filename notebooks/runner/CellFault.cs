namespace MoViNetNAS.Notebooks;

/// <summary>Why a notebook stopped.</summary>
/// <param name="Cell">The cell that ran.</param>
/// <param name="Line">In its code, from 1; null where it is not known.</param>
/// <param name="Message">What went wrong.</param>
public sealed record CellFault(NotebookCell Cell, int? Line, string Message)
{
    /// <summary>One sentence for a terminal.</summary>
    public string ToText(string notebook) =>
        $"{notebook}, cell [{Cell.Number}] '{Cell.Id}'{(Line is { } line ? $", line {line}" : "")}: {Message}";
}
