using System.CommandLine;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet tabular`: benchmarks in which every architecture is trained already.</summary>
internal static class TabularVerb
{
    public static Command Create() => new("tabular", "Build and read tables of trained architectures, on which searches are replayed in seconds.")
    {
        TabularBuildVerb.Create(),
        TabularShowVerb.Create(),
    };
}
