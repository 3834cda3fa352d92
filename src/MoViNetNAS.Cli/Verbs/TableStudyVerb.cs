using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Tables;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet table study`: the rows of a study.</summary>
internal static class TableStudyVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder of a study, for example results/ablation." };

    public static Command Create()
    {
        var command = new Command("study", "The rows of a study, mean and interval over its seeds.") { Folder, TableFormat.Format };
        command.SetAction(parse =>
        {
            Terminal.Of(parse).Out.Write(TableFormat.Text(parse, StoredTables.Study(parse.GetRequiredValue(Folder))));
            return ExitCode.Done;
        });
        return command;
    }
}
