using System.CommandLine;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet table`: tables of what is stored.</summary>
internal static class TableVerb
{
    public static Command Create() => new("table", "Print a table of stored results, for a terminal, a README, a program or a paper.")
    {
        TableNetworksVerb.Create(), TableArchitectureVerb.Create(), TableStudyVerb.Create(), TableMethodsVerb.Create(),
    };
}
