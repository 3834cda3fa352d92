using System.CommandLine;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet data`: looks at the data of an experiment.</summary>
internal static class DataVerb
{
    public static Command Create() => new("data", "Look at the data of an experiment: check.")
    {
        DataCheckVerb.Create(),
    };
}
