using System.Collections.Immutable;
using System.Globalization;

namespace MoViNetNAS.Notebooks;

/// <summary>What came of executing a notebook.</summary>
/// <param name="Outputs">Of each cell that was run to its end.</param>
/// <param name="Fault">Why it stopped early; null when it did not.</param>
public sealed record NotebookRun(ImmutableArray<IReadOnlyList<CellOutput>> Outputs, CellFault? Fault)
{
    /// <summary>Executes all cells of <paramref name="notebook"/>, in the folder where it lies. The file is not changed. One at a time in a process.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="limit">How long it may take. What runs beyond it is left alone on its thread: end the process.</param>
    /// <param name="started">Called before each cell.</param>
    public static NotebookRun Of(NotebookFile notebook, TimeSpan limit, Action<NotebookCell>? started = null)
    {
        var (output, error, folder) = (Console.Out, Console.Error, Environment.CurrentDirectory);
        var collector = new OutputCollector();
        var outputs = new List<IReadOnlyList<CellOutput>>();
        var running = notebook.Cells.FirstOrDefault();
        CellFault? fault = null;
        var thread = new Thread(RunCells) { IsBackground = true, Name = notebook.Name };
        try
        {
            Console.SetOut(collector.Out);
            Console.SetError(collector.Error);
            Environment.CurrentDirectory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(notebook.Path))!;
            Notebook.Begin(collector);
            thread.Start();
            bool isDone = thread.Join(limit);
            if (!isDone) fault = new CellFault(running!, null, string.Create(CultureInfo.InvariantCulture, $"the notebook took longer than its limit of {limit.TotalSeconds:0.#} s."));
            if (isDone) Notebook.End();
            lock (outputs) return new NotebookRun([.. outputs], fault);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            if (Directory.Exists(folder)) Environment.CurrentDirectory = folder;
        }

        void RunCells()
        {
            var session = new CellSession();
            foreach (var cell in notebook.Cells)
            {
                running = cell;
                started?.Invoke(cell);
                if (session.Run(cell, out object? value) is { } stopped)
                {
                    fault = stopped;
                    return;
                }

                if (value is not null) collector.Add(new CellOutput(CellOutput.Result, "text/plain", TextOf(value)));
                lock (outputs) outputs.Add(collector.Take());
            }
        }
    }

    private static string TextOf(object value) => value switch
    {
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable items => string.Join('\n', items.Cast<object?>().Select(item => item is null ? "null" : TextOf(item))),
        _ => value.ToString() ?? "",
    };
}
