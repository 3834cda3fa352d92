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
        var parse = Parse(args);
        if (!IsUnderstood(parse)) return Misreading.Report(parse, error);
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false, // faults become sentences in Faults
            ProcessTerminationTimeout = null, // signals belong to Interruption
        };
        return Faults.Guard(() => parse.Invoke(invocation), error);
    }

    /// <summary>All verbs.</summary>
    public static RootCommand Verbs => Root.Value;

    /// <summary>Reads <paramref name="args"/> and does nothing.</summary>
    public static ParseResult Parse(string[] args) =>
        Root.Value.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }); // no response files: "@x" is a text like any other

    /// <summary>Whether <paramref name="parse"/> says what to do, without a mistake.</summary>
    public static bool IsUnderstood(ParseResult parse) => parse.Action is not (null or ParseErrorAction);

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
            TableVerb.Create(),
            ReportVerb.Create(),
            PaperVerb.Create(),
            RerunVerb.Create(),
            RunsVerb.Create(),
            CostVerb.Create(),
            SpaceVerb.Create(),
            DataVerb.Create(),
            BenchVerb.Create(),
            DoctorVerb.Create(),
        };
}
