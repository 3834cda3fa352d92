using System.CommandLine;
using System.CommandLine.Invocation;
using MoViNetNAS.Cli.Verbs;

namespace MoViNetNAS.Cli;

/// <summary>The `movinet` command: its verbs, and the way from arguments to an exit code.</summary>
internal static class CommandLine
{
    private static readonly Lazy<RootCommand> Root = new(CreateRoot);

    /// <summary>Runs <paramref name="args"/>; results go to <paramref name="output"/>, all else to <paramref name="error"/>.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        // No response files: "@x" is a text like any other.
        var parse = Root.Value.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction || parse.Action is null) return Misreading.Report(parse, error);
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false, // faults become sentences in Faults
            ProcessTerminationTimeout = null, // signals belong to Interruption
        };
        return Faults.Guard(() => parse.Invoke(invocation), error);
    }

    private static RootCommand CreateRoot() =>
        new("Neural architecture search over video networks: search, front, train, stream.")
        {
            SearchVerb.Create(),
            TrainVerb.Create(),
            EvalVerb.Create(),
            EnsembleVerb.Create(),
            StudyVerb.Create(),
            CompareVerb.Create(),
            TrustVerb.Create(),
            TabularVerb.Create(),
            SweepVerb.Create(),
            StreamVerb.Create(),
            PredictVerb.Create(),
            ImportVerb.Create(),
            ExportVerb.Create(),
            ParetoVerb.Create(),
            FigureVerb.Create(),
            RerunVerb.Create(),
            RunsVerb.Create(),
            CostVerb.Create(),
            SpaceVerb.Create(),
            DataVerb.Create(),
            BenchVerb.Create(),
            DoctorVerb.Create(),
        };
}
