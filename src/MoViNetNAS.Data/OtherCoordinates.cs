namespace MoViNetNAS.Data;

/// <summary>What the three coordinates of a generated shape do that are not its class's; <see cref="MovingShapes"/> says what follows from it.</summary>
public enum OtherCoordinates
{
    /// <summary>They rest. Shuffled frames still show which coordinate moves.</summary>
    Still,

    /// <summary>Each visits as many places as there are frames, in a random order; the class sorts the frames. Shuffled frames show nothing.</summary>
    Jumping,
}
