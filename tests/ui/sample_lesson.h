#pragma once

#include "core/lessons/lesson_reader.h"

#include <memory>
#include <stdexcept>

namespace flatline::test {

/// A lesson of all kinds of pages: an experiment with steps, a question with a deed, one that goes on, one done by
/// hand, one to read.
inline constexpr auto sampleLesson = R"(---
title: A sample
chapter: Tests
minutes: 2
goal: What a page does.
---

# To begin with

Only words, and **some** of them bold.

```lab
experiment: small
set: training.learning_rate = 0.05
steps: 20
views: loss, dead
controls: training.learning_rate
point: view loss
speed: full
```

# A question

What comes of *one* step?

```question
How many steps later?
- None
* One
- Two
```

```do
button: Step once
deed: run for 1
```

## One

It was one.

# A change

```do
deed: set training.learning_rate = 0.2
deed: run for 10
deed: set training.learning_rate = 0.05
until: change training.learning_rate = 0.2
until: step 31
```

## Changed

And back.

# By hand

```question
Will it be kicked?
* Yes
- No
```

```do
until: kick
```

## Kicked

Well.

# The end

Nothing more.
)";

inline std::shared_ptr<const Lesson> lessonOf(std::string_view text, const std::string& file = "01-sample.md") {
    auto read = readLesson(text, file);
    if (!read)
        throw std::runtime_error(read.error().english());
    return std::make_shared<const Lesson>(std::move(read).value());
}

} // namespace flatline::test
