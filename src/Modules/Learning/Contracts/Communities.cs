namespace ClusterNet.Learning.Contracts;

/// <summary>A community of practice: people of many firms who learn together for a business objective.</summary>
public sealed class Community
{
    private Community()
    {
    }
}

/// <summary>A discussion or question in a community, with all that was written in it.</summary>
public sealed class Discussion
{
    private Discussion()
    {
    }
}

/// <summary>A page of a community's wiki.</summary>
public sealed class WikiPage
{
    private WikiPage()
    {
    }
}

/// <summary>A file, a link or a short video in a community's library, with all its versions.</summary>
public sealed class LibraryItem
{
    private LibraryItem()
    {
    }
}
