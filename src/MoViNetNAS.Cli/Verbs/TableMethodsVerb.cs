using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Tables;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet table methods`: search methods that were compared.</summary>
internal static class TableMethodsVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder of a comparison, for example results/compare-tiny." };

    private static readonly Option<string> Baseline = new("--baseline")
    {
        Description = "The method that the others are compared with.",
        HelpName = "method",
        DefaultValueFactory = _ => "random",
    };

    public static Command Create()
    {
        var command = new Command("methods", "Search methods that were compared, mean and interval over seeds, and paired tests against one of them.") { Folder, Baseline, TableFormat.Format };
        command.SetAction(parse =>
        {
            Terminal.Of(parse).Out.Write(TableFormat.Text(parse, StoredTables.Methods(parse.GetRequiredValue(Folder), parse.GetValue(Baseline)!)));
            return ExitCode.Done;
        });
        return command;
    }
}
