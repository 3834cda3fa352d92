namespace MoViNetNAS.Models;

/// <summary>Why a pickle was not read, in the middle of a sentence that begins with the file.</summary>
internal sealed class PickleException(string message) : Exception(message);
