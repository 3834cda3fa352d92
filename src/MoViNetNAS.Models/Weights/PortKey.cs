namespace MoViNetNAS.Models;

/// <summary>One key of an import.</summary>
/// <param name="Name">The key in the port's words.</param>
/// <param name="State">What the import makes of it.</param>
/// <param name="Note">What was found and what is allowed, for messages; empty where there is nothing to say.</param>
public sealed record PortKey(string Name, PortKeyState State, string Note)
{
    /// <summary>Whether it keeps the import from happening.</summary>
    public bool IsProblem => State > PortKeyState.Ignored;
}
