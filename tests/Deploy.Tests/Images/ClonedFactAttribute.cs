namespace Actors.Deploy.Tests.Images;

/// <summary>A fact about what a clone of the repository holds, skipped where this is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClonedFactAttribute : FactAttribute
{
    public ClonedFactAttribute()
    {
        if (BuildContext.TryRead() is null)
        {
            Skip = "this is not a clone, or git is not installed, so nobody can say which files an image is built from";
        }
    }
}
