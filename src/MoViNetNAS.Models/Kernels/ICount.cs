namespace MoViNetNAS.Models.Kernels;

/// <summary>A number that the compiler knows: branches on it disappear, and one source serves register tiles of several sizes.</summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>1.</summary>
internal readonly struct One : ICount
{
    public static int Value => 1;
}

/// <summary>2.</summary>
internal readonly struct Two : ICount
{
    public static int Value => 2;
}

/// <summary>3.</summary>
internal readonly struct Three : ICount
{
    public static int Value => 3;
}

/// <summary>4.</summary>
internal readonly struct Four : ICount
{
    public static int Value => 4;
}

/// <summary>5.</summary>
internal readonly struct Five : ICount
{
    public static int Value => 5;
}

/// <summary>7.</summary>
internal readonly struct Seven : ICount
{
    public static int Value => 7;
}

/// <summary>8.</summary>
internal readonly struct Eight : ICount
{
    public static int Value => 8;
}
